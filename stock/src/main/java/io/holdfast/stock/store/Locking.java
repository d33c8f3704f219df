package io.holdfast.stock.store;

/// Which lock a load takes on the rows that it reads.
public enum Locking {
  /// Locks every row, waiting for those that somebody else holds up to the lock timeout.
  WAIT,
  /// Locks the rows that nobody holds, and says which were held.
  SKIP_HELD,
  /// Locks nothing: what is read may be outdated before it is used.
  NONE
}
