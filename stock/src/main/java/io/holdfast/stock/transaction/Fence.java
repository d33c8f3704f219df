package io.holdfast.stock.transaction;

/// The lock outside of the database behind which a request is decided, under the control
/// `fenced-lock`.
///
/// @param rows what is locked: no other row is written
/// @param token of the lock: no row is written that has seen a newer one
/// @param waitNanos how long it took to get the lock
public record Fence(RowSet rows, long token, long waitNanos) {
  /// Nothing is locked.
  public static final Fence NONE = new Fence(RowSet.NONE, 0, 0);
}
