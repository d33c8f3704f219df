package io.holdfast.stock;

/// A stock level's numbers at one version of it. `version` counts the level's changes.
public record StockCount(long onHand, long reserved, long version) {
  /// What can be reserved: what is on hand and not reserved.
  public long available() {
    return onHand - reserved;
  }
}
