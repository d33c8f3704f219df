package io.holdfast.stock;

/// Told what the engine does, for metrics. Called on the engine's threads, so it must be quick.
/// What it throws is logged and changes nothing.
public interface EngineObserver {
  /// Why a transaction was done again.
  enum Retry {
    /// An idempotency key was there already: a request was repeated, or another transaction was
    /// first with it.
    KEY_TAKEN,
    /// Another transaction was first to receive an item at a location.
    LEVEL_TAKEN,
    /// What was read without a lock had changed before it was written.
    CHANGED,
    /// The database had seen a newer token than that of the lock outside of it.
    FENCED,
    /// The database ended ours because it could not have run alone.
    CONFLICT,
    /// The database ended ours because it and another waited for each other.
    DEADLOCK,
    /// A row was held by somebody else for longer than a batch waits.
    ROW_HELD,
    /// One command of a batch failed, and the others went on without it.
    BISECTED,
    /// A batch would have loaded more levels than it may, and a part of it went on alone.
    BATCH_CUT,
    /// The connection was lost, and the transaction was found not to have committed.
    CONNECTION_LOST
  }

  /// A transaction ended: how many commands it decided, how long the first of them had waited for
  /// its turn, how long the locks took and how long the whole.
  default void transactionEnded(
      int commands, long queueWaitNanos, long lockNanos, long transactionNanos) {}

  /// A command was answered; `outcome` is the simple name of its [Outcome] or the failure's code.
  default void answered(String command, String outcome, boolean replayed, long nanos) {}

  /// A transaction is done again, as a whole.
  default void retried(Retry why) {}

  /// Commands waiting in all lanes, for their turn or for a held row, when that changed by `delta`.
  default void queued(int delta) {}

  /// Takes note of nothing.
  EngineObserver NONE = new EngineObserver() {};
}
