package io.holdfast.stock;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A line as it was decided: `after` is the level's count once this line was taken into account,
/// and null for an untracked item, which has no level.
public record StockedLine(Sku sku, LocationId location, long quantity, @Nullable StockCount after) {
  public StockedLine {
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(location, "location");
  }

  /// Whether stock moved for it.
  public boolean isTracked() {
    return after != null;
  }
}
