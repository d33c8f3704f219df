package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;

/// One command per transaction, its rows locked before they are read: what most shops do today,
/// done with as few round trips as `combined` needs. Everybody who wants the same row waits for it
/// in the database; after the lock timeout the command is given up.
final class RowLock extends OnePerTransaction {
  RowLock(Decider decider, EngineThreads threads, EngineSettings settings) {
    super(decider, threads, settings, Locking.WAIT);
  }
}
