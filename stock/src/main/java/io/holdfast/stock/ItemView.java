package io.holdfast.stock;

import java.util.List;
import java.util.Objects;

/// An item's stock as a reader sees it, in one snapshot; an untracked item has no levels.
public record ItemView(Sku sku, boolean tracked, List<Level> levels) {
  public ItemView {
    Objects.requireNonNull(sku, "sku");
    levels = Copies.of("levels", levels);
  }

  /// What the item has at one location.
  public record Level(LocationId location, StockCount count) {
    public Level {
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(count, "count");
    }
  }
}
