package io.holdfast.stock;

import java.util.Objects;

/// A location, and how early its stock is taken: the lowest priority first, among equals by name.
public record StockLocation(LocationId id, int priority) {
  public StockLocation {
    Objects.requireNonNull(id, "id");
    if (priority < 0 || priority > StockRegister.MAX_PRIORITY) {
      throw new IllegalArgumentException(
          "priority must be between 0 and " + StockRegister.MAX_PRIORITY + ", not " + priority);
    }
  }
}
