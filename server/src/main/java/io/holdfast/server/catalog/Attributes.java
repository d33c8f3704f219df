package io.holdfast.server.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What else is told of an item, by name: at most 50, each a line, in the order of their names.
public record Attributes(SortedMap<String, String> values) {
  static final Attributes NONE = new Attributes(new TreeMap<>());

  static final int MAX_COUNT = 50;
  static final int MAX_NAME_LENGTH = 64;
  static final int MAX_VALUE_LENGTH = 500;

  public Attributes {
    if (values.size() > MAX_COUNT) {
      throw new IllegalArgumentException("there may be at most " + MAX_COUNT + " attributes");
    }
    values.forEach(
        (name, value) -> {
          PlainText.line("the name of an attribute", name, MAX_NAME_LENGTH);
          PlainText.line("an attribute", value, MAX_VALUE_LENGTH);
        });
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  static Attributes of(Map<String, String> values) {
    return values.isEmpty() ? NONE : new Attributes(new TreeMap<>(values));
  }
}
