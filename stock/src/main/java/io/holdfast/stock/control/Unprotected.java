package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;

/// One command per transaction and no lock: two that read the same count both write their own idea
/// of it, and one sale is forgotten. It oversells, and exists so that a prover can be seen to catch
/// it.
final class Unprotected extends OnePerTransaction {
  Unprotected(Decider decider, EngineThreads threads, EngineSettings settings) {
    super(decider, threads, settings, Locking.NONE);
  }
}
