package io.holdfast.stock;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Copies of what a caller hands over and might change later, with nothing missing in them.
final class Copies {
  private Copies() {}

  static <T> List<T> of(String what, List<T> list) {
    Objects.requireNonNull(list, what);
    list.forEach(element -> present(what, element));
    return List.copyOf(list);
  }

  static <K, V> Map<K, V> of(String what, Map<K, V> map) {
    Objects.requireNonNull(map, what);
    map.forEach(
        (key, value) -> {
          present(what, key);
          present(what, value);
        });
    return Map.copyOf(map);
  }

  private static void present(String what, Object element) {
    Objects.requireNonNull(element, () -> what + " must not contain null");
  }
}
