package io.holdfast.stock;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// So many units of an item. A line that names a location is served from there or not at all; one
/// that names none (`location` null) is sourced: from as few locations as possible, and of those
/// that would do from the ones that come first. Lines of the same item and location add up.
public record Line(Sku sku, @Nullable LocationId location, long quantity) {
  /// Units per line at most.
  public static final long MAX_QUANTITY = 1_000_000_000L;

  public Line {
    Objects.requireNonNull(sku, "sku");
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException(
          "quantity must be between 1 and " + MAX_QUANTITY + ", not " + quantity);
    }
  }

  /// Of the main location.
  public static Line of(String sku, long quantity) {
    return new Line(new Sku(sku), LocationId.MAIN, quantity);
  }

  /// Of one location.
  public static Line of(String sku, String location, long quantity) {
    return new Line(new Sku(sku), new LocationId(location), quantity);
  }

  /// From wherever it lies.
  public static Line sourced(String sku, long quantity) {
    return new Line(new Sku(sku), null, quantity);
  }
}
