package io.holdfast.stock;

import java.util.Objects;

/// A location as it stands.
///
/// @param priority how early its stock is taken: the lowest first, among equals by name
/// @param version counts its changes, from 1
public record StockLocation(LocationId id, int priority, long version) {
  public StockLocation {
    Objects.requireNonNull(id, "id");
  }
}
