package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;

/// One command per transaction, one guarded UPDATE per level in the lock order: it takes what is
/// wanted where that is there, or nothing. Nothing is read before it is decided, so there is no
/// gap. The pure decision is made afterwards, of what the row was, to explain the outcome and to
/// hold the guard to it; a second write then adds version and hash.
final class Conditional extends OnePerTransaction {
  Conditional(Decider decider, EngineThreads threads, EngineSettings settings) {
    super(decider, threads, settings, Locking.GUARD);
  }
}
