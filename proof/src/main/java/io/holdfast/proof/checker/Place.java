package io.holdfast.proof.checker;

import io.holdfast.proof.history.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An item at a location; null where nobody said at which.
record Place(String sku, @Nullable String location) {

  /// How much lies at each place; lines of the same place are added up.
  static Map<Place, Long> sum(List<Line> lines) {
    Map<Place, Long> sum = new LinkedHashMap<>();
    lines.forEach(
        line -> sum.merge(new Place(line.sku(), line.location()), line.quantity(), Math::addExact));
    return sum;
  }

  /// The same by item, wherever it lies.
  static Map<String, Long> sumBySku(List<Line> lines) {
    Map<String, Long> sum = new LinkedHashMap<>();
    lines.forEach(line -> sum.merge(line.sku(), line.quantity(), Math::addExact));
    return sum;
  }

  static Map<String, Long> bySku(Map<Place, Long> places) {
    Map<String, Long> sum = new LinkedHashMap<>();
    places.forEach((place, quantity) -> sum.merge(place.sku, quantity, Math::addExact));
    return sum;
  }
}
