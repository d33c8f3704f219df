package io.holdfast.stock.store;

import org.jspecify.annotations.Nullable;

/// Null as a statement's value, with its type: the driver has the database parse a statement anew
/// when one of its values changes its type, and an untyped null is another type than any.
enum Missing {
  TEXT,
  NUMBER,
  ID,
  BYTES;

  /// `value`, or this in its place.
  Object or(@Nullable Object value) {
    return value == null ? this : value;
  }
}
