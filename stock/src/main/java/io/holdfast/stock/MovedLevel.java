package io.holdfast.stock;

import java.util.Objects;

/// A level that a command has moved, with its count as the command has left it.
public record MovedLevel(Sku sku, LocationId location, StockCount after) {
  public MovedLevel {
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(after, "after");
  }
}
