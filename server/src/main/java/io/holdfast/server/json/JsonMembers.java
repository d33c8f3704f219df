package io.holdfast.server.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The members of one JSON object. Every reading either gives a value of the type asked for or
/// throws an [InvalidMember] that names the member; nothing is converted from another type.
public final class JsonMembers {
  private final String place;
  private final ObjectNode object;

  JsonMembers(String place, ObjectNode object) {
    this.place = place;
    this.object = object;
  }

  /// Those of an object that was read before.
  public static JsonMembers of(ObjectNode object) {
    return new JsonMembers("", object);
  }

  /// Says which members there may be.
  public JsonMembers only(String... names) {
    List<String> known = Arrays.asList(names);
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InvalidMember(path(name), "is not a member of this request");
              }
            });
    return this;
  }

  /// The same without some of them, which somebody else reads.
  public JsonMembers without(String... names) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    rest.setAll(object);
    rest.remove(Arrays.asList(names));
    return new JsonMembers(place, rest);
  }

  /// A text that `type` accepts.
  public <T> T text(String name, Function<String, T> type) {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw new InvalidMember(path(name), "must be a text");
    }
    return accepted(path(name), value.textValue(), type);
  }

  private static <V, T> T accepted(String where, V value, Function<V, T> type) {
    try {
      return type.apply(value);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember(where, String.valueOf(e.getMessage()));
    }
  }

  /// As [#text], of a member that may be left out or null.
  public <T> Optional<T> optionalText(String name, Function<String, T> type) {
    return isAbsent(name) ? Optional.empty() : Optional.of(text(name, type));
  }

  /// A whole number, written without fraction and exponent.
  public long whole(String name, long min, long max) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber()) {
      throw new InvalidMember(path(name), "must be a whole number");
    }
    if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
      throw new InvalidMember(path(name), "must be between " + min + " and " + max);
    }
    return value.longValue();
  }

  /// As [#whole], of a member that may be left out or null.
  public long whole(String name, long min, long max, long otherwise) {
    return isAbsent(name) ? otherwise : whole(name, min, max);
  }

  /// As [#whole], of a member that may be left out or null: then it is null.
  public @Nullable Long optionalWhole(String name, long min, long max) {
    return isAbsent(name) ? null : whole(name, min, max);
  }

  /// True or false, of a member that may be left out or null.
  public boolean flag(String name, boolean otherwise) {
    if (isAbsent(name)) {
      return otherwise;
    }
    return flag(name);
  }

  /// As [#flag], of a member that may be left out or null: then it is null.
  public @Nullable Boolean optionalFlag(String name) {
    return isAbsent(name) ? null : flag(name);
  }

  private boolean flag(String name) {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw new InvalidMember(path(name), "must be true or false");
    }
    return value.booleanValue();
  }

  /// What `reading` finds in a member; null if the request does not name it.
  public <T> @Nullable Given<T> given(String name, Function<String, Optional<T>> reading) {
    return object.has(name) ? new Given<>(reading.apply(name).orElse(null)) : null;
  }

  /// An object, of a member that may be left out or null.
  public <T> Optional<T> optionalObject(String name, Function<JsonMembers, T> type) {
    return isAbsent(name)
        ? Optional.empty()
        : Optional.of(type.apply(element(path(name), required(name))));
  }

  /// An object of texts and nulls that `type` accepts, in the order of their names, of a member
  /// that may be left out or null.
  public <T> Optional<T> optionalTextsByName(
      String name, Function<SortedMap<String, Optional<String>>, T> type) {
    return optionalObject(name, texts -> accepted(path(name), texts.byName(), type));
  }

  private SortedMap<String, Optional<String>> byName() {
    SortedMap<String, Optional<String>> texts = new TreeMap<>();
    object
        .fieldNames()
        .forEachRemaining(name -> texts.put(name, optionalText(name, Function.identity())));
    return texts;
  }

  /// All of them as they were written, but for white space.
  public String written() {
    return object.toString();
  }

  /// A list of 1 to `max` texts that `type` accepts, in a member that may be left out or null: then
  /// it is null.
  public <T> @Nullable List<T> optionalTexts(String name, int max, Function<String, T> type) {
    if (isAbsent(name)) {
      return null;
    }
    JsonNode value = list(name, max);
    List<T> read = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      String where = path(name) + "[" + i + "]";
      if (!value.get(i).isTextual()) {
        throw new InvalidMember(where, "must be a text");
      }
      read.add(accepted(where, value.get(i).textValue(), type));
    }
    return read;
  }

  /// A list of 1 to `max` objects.
  public <T> List<T> objects(String name, int max, Function<JsonMembers, T> each) {
    JsonNode value = list(name, max);
    List<T> read = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      read.add(each.apply(element(path(name) + "[" + i + "]", value.get(i))));
    }
    return read;
  }

  private JsonNode list(String name, int max) {
    JsonNode value = required(name);
    if (!value.isArray()) {
      throw new InvalidMember(path(name), "must be a list");
    }
    if (value.isEmpty() || value.size() > max) {
      throw new InvalidMember(path(name), "must have 1 to " + max + " entries");
    }
    return value;
  }

  /// As [#objects], of a member that may be left out or null: then there are none.
  public <T> List<T> optionalObjects(String name, int max, Function<JsonMembers, T> each) {
    return isAbsent(name) ? List.of() : objects(name, max, each);
  }

  private static JsonMembers element(String place, JsonNode value) {
    if (value instanceof ObjectNode found) {
      return new JsonMembers(place, found);
    }
    throw new InvalidMember(place, "must be an object");
  }

  private JsonNode required(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new InvalidMember(path(name), "is missing");
    }
    if (value.isNull()) {
      throw new InvalidMember(path(name), "must not be null");
    }
    return value;
  }

  private boolean isAbsent(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull();
  }

  /// The place of a member, as an [InvalidMember] names it.
  public String path(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
