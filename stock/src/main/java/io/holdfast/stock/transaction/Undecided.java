package io.holdfast.stock.transaction;

/// Why a transaction gave a request back undecided.
public sealed interface Undecided permits HeldRow, Undecided.BatchFull, Undecided.LockAgain {

  /// Those before it touch as many rows as a transaction may. The next one can have it.
  record BatchFull() implements Undecided {}

  /// The lock outside of the database does not do, under the control `fenced-lock`.
  sealed interface LockAgain extends Undecided {}

  /// Its decision changes rows that are not among those locked.
  ///
  /// @param rows all that it changes
  record NotLocked(RowSet rows) implements LockAgain {}

  /// Somebody who does without the lock holds a row in the database.
  record RowHeld() implements LockAgain {}

  /// The database has seen a newer token than the lock's.
  record Outdated() implements LockAgain {}
}
