package io.holdfast.stock;

import java.util.Objects;

/// So many units of an item at a location. Lines of the same item and location add up.
public record Line(Sku sku, LocationId location, long quantity) {
  /// Units per line at most.
  public static final long MAX_QUANTITY = 1_000_000_000L;

  public Line {
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(location, "location");
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException(
          "quantity must be between 1 and " + MAX_QUANTITY + ", not " + quantity);
    }
  }

  /// Of the main location.
  public static Line of(String sku, long quantity) {
    return new Line(new Sku(sku), LocationId.MAIN, quantity);
  }
}
