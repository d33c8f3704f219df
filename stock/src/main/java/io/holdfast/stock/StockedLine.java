package io.holdfast.stock;

import org.jspecify.annotations.Nullable;

/// A line as it was decided: `after` is the level's count once this line was taken into account,
/// and null for an untracked item, which has no level.
public record StockedLine(Sku sku, LocationId location, long quantity, @Nullable StockCount after) {
  public boolean isTracked() {
    return after != null;
  }
}
