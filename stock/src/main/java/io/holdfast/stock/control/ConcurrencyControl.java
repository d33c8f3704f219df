package io.holdfast.stock.control;

import io.holdfast.stock.transaction.Request;

/// Brings requests to transactions. Every request is answered, whatever happens.
interface ConcurrencyControl {

  /// Never blocks.
  void submit(Request request);

  /// Answers what was submitted, then ends; whoever calls this again waits for the same. Nothing is
  /// submitted any more, and nobody interrupts the thread that this is called on.
  void drain();
}
