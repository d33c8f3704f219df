package io.holdfast.server.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.holdfast.server.json.JsonWriting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// What can change of an item, member by member, each attribute by itself.
final class ItemMembers {
  static final String ATTRIBUTE = "attributes.";

  private ItemMembers() {}

  static SortedMap<String, JsonNode> of(StoredItem item) {
    return of(item.item().details(), item.isArchived());
  }

  /// By the names that the API gives them; what is not there is null.
  static SortedMap<String, JsonNode> of(ItemDetails details, boolean isArchived) {
    ItemBodies.Told told = ItemBodies.Told.of(details);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", told.name());
    values.put("description", told.description());
    values.put("category", told.category());
    values.put("price", told.price());
    values.put("picture", told.picture());
    values.put("archived", isArchived);
    told.attributes().forEach((name, value) -> values.put(ATTRIBUTE + name, value));
    SortedMap<String, JsonNode> members = new TreeMap<>();
    JsonWriting.tree(values)
        .properties()
        .forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  /// The members that are not the same in both, as they were before.
  static SortedMap<String, JsonNode> replaced(
      SortedMap<String, JsonNode> before, SortedMap<String, JsonNode> after) {
    SortedMap<String, JsonNode> replaced = new TreeMap<>();
    before.forEach(
        (name, was) -> {
          if (!Objects.equals(was, after.get(name))) {
            replaced.put(name, was);
          }
        });
    after.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(name -> replaced.put(name, NullNode.getInstance()));
    return replaced;
  }
}
