package io.holdfast.stock.transaction;

/// Why a transaction gave a request back undecided.
public sealed interface Undecided permits HeldRow, Undecided.BatchFull {

  /// Those before it touch as many rows as a transaction may. The next one can have it.
  record BatchFull() implements Undecided {}
}
