package io.holdfast.stock;

/// A stock level's numbers at one version of it. `version` counts the level's changes;
/// `safetyStock` is what is kept back of it and not sold.
public record StockCount(long onHand, long reserved, long version, long safetyStock) {
  /// Of a level that keeps no safety stock.
  public StockCount(long onHand, long reserved, long version) {
    this(onHand, reserved, version, 0);
  }

  /// What is on hand and not reserved.
  public long available() {
    return onHand - reserved;
  }

  /// What can still be reserved or bought.
  public long sellable() {
    return Math.max(0, available() - safetyStock);
  }
}
