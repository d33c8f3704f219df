package io.holdfast.server.json;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of an address. The framework takes an empty one for one that is not there, and
/// leaves out what it does not know: here that would answer another question than was asked.
public final class AddressParameters {
  private final UriInfo address;

  /// Refuses every parameter that is none of `names`.
  public AddressParameters(UriInfo address, Set<String> names) {
    this.address = address;
    for (String name : address.getQueryParameters().keySet()) {
      if (!names.contains(name)) {
        throw new InvalidMember(name, "is not a parameter of this address");
      }
    }
  }

  /// Null: it is not there.
  public @Nullable String text(String name) {
    List<String> given = address.getQueryParameters().get(name);
    if (given == null) {
      return null;
    }
    if (given.size() != 1) {
      throw new InvalidMember(name, "must be there once");
    }
    if (given.getFirst().indexOf('\0') >= 0) {
      throw new InvalidMember(name, "must not contain the character 0");
    }
    return given.getFirst();
  }

  public int limit(int otherwise, int max) {
    String limit = text("limit");
    return limit == null ? otherwise : PageLimit.of(limit, max);
  }

  public boolean flag(String name) {
    return switch (text(name)) {
      case null -> false;
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidMember(name, "must be true or false");
    };
  }

  /// Null: it is not there.
  public @Nullable Long whole(String name, long min, long max) {
    String text = text(name);
    try {
      if (text == null) {
        return null;
      }
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new InvalidMember(name, "must be a whole number between " + min + " and " + max);
  }
}
