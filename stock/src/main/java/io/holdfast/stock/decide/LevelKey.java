package io.holdfast.stock.decide;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;

/// Which stock level of the tenant. Its order is the order in which levels are locked.
public record LevelKey(Sku sku, LocationId location) implements Comparable<LevelKey> {
  @Override
  public int compareTo(LevelKey other) {
    int bySku = sku.compareTo(other.sku);
    return bySku != 0 ? bySku : location.compareTo(other.location);
  }
}
