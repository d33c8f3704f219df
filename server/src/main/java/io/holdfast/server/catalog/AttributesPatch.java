package io.holdfast.server.catalog;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Attributes that are to be set, and, without a value, to be taken away. The others stay.
record AttributesPatch(SortedMap<String, Optional<String>> values) {
  AttributesPatch {
    TreeMap<String, String> set = new TreeMap<>();
    values.forEach((name, value) -> set.put(name, value.orElse("-")));
    // Looks at each as it will be.
    new Attributes(set);
  }

  /// @throws IllegalArgumentException if there are too many together
  Attributes on(Attributes current) {
    TreeMap<String, String> changed = new TreeMap<>(current.values());
    values.forEach(
        (name, value) ->
            value.ifPresentOrElse(text -> changed.put(name, text), () -> changed.remove(name)));
    return new Attributes(changed);
  }
}
