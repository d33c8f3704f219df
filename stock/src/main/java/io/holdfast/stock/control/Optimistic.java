package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;

/// One command per transaction, without a lock on what it reads: every row is written only if it
/// still has the version that was read. Who comes second does it all again, a few times, each time
/// after a longer pause of random length; then it is given up as busy. Right, and under contention
/// most of the work is thrown away.
final class Optimistic extends OnePerTransaction {
  Optimistic(Decider decider, EngineThreads threads, EngineSettings settings) {
    super(decider, threads, settings, Locking.VERSION);
  }
}
