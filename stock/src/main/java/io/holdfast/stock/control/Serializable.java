package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;

/// One command per transaction, its rows locked, under SERIALIZABLE. The lock carries the promise;
/// the isolation level is a belt over it, and ends every transaction that waited for a row which
/// was then changed: that is done again. See the design's rule that SERIALIZABLE is never the only
/// belt.
final class Serializable extends OnePerTransaction {
  Serializable(Decider decider, EngineThreads threads, EngineSettings settings) {
    super(decider, threads, settings, Locking.SERIALIZABLE);
  }
}
