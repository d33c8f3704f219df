package io.holdfast.proof.checker;

import io.holdfast.proof.history.Level;
import io.holdfast.proof.history.Stock;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a run began with.
///
/// @param stock of each item, as the shop said it
/// @param limits on what one customer may have of an item
public record Opening(Map<String, Stock> stock, Map<String, Limit> limits) {

  /// So many units within so long.
  public record Limit(long maxQuantity, long windowNanos) {}

  public Opening {
    // In the order of the plan.
    stock = Collections.unmodifiableMap(new LinkedHashMap<>(stock));
    limits = Map.copyOf(limits);
  }

  /// Units of each item.
  Map<String, Long> supply() {
    Map<String, Long> supply = new HashMap<>();
    stock.forEach((sku, each) -> supply.put(sku, each.available()));
    return supply;
  }

  /// A level that there was; none if nothing lay there, or nobody said so.
  Optional<Level> level(Place place) {
    return Optional.ofNullable(stock.get(place.sku())).stream()
        .flatMap(each -> each.levels().stream())
        .filter(level -> level.location().equals(place.location()))
        .findFirst();
  }

  long available(Place place) {
    return level(place).map(Level::available).orElse(0L);
  }
}
