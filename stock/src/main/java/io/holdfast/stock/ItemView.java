package io.holdfast.stock;

import java.util.List;

/// An item's stock as a reader sees it, in one snapshot; an untracked item has no levels.
public record ItemView(Sku sku, boolean tracked, List<Level> levels) {
  public ItemView {
    levels = List.copyOf(levels);
  }

  public record Level(LocationId location, StockCount count) {}
}
