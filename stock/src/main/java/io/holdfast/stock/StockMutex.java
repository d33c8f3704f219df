package io.holdfast.stock;

import java.time.Duration;
import java.util.List;

/// Locks outside of the database, for the control `fenced-lock`: whoever is about to change rows
/// takes the locks of their names before, so that hardly anybody meets anybody in the database.
///
/// No count is right because of them: a holder may be paused for longer than its lock lasts, and
/// their server may forget everything. So each hold has a token, and the database refuses a write
/// when it has seen a newer one.
///
/// Safe for any number of threads. One mutex may serve several engines, and outlives them.
public interface StockMutex extends AutoCloseable {

  /// Takes the locks of all `rows` of a tenant, and gives them a token greater than that of every
  /// hold of this tenant that was taken before, by any process, whatever the locks' server has
  /// forgotten in between. An interrupt of the thread changes nothing, and is kept.
  ///
  /// @param rows their names, in the order in which locks are taken; at least one
  /// @param atMost how long this may take
  /// @throws StockFailure of the category BUSY, and nothing is held: LOCK_NOT_AVAILABLE when
  ///   somebody else had one of the locks all the time, MUTEX_UNAVAILABLE when the server could not
  ///   be asked; or as [FenceEpochs#next()] throws it
  Hold acquire(TenantId tenant, List<String> rows, Duration atMost);

  /// Does not end the holds that there are; they end by themselves.
  @Override
  void close();

  /// Locks that were taken together. They last for a while at most, and may be another's before
  /// their holder knows.
  interface Hold extends AutoCloseable {

    /// Greater than that of every earlier hold of the tenant.
    long token();

    /// Told when the database has seen a newer token than this. If that is not because the lock was
    /// another's meanwhile, the locks' server has gone back to an old state: so tokens that are
    /// given from now on are greater than all before, whatever it says.
    void outdated();

    /// Lets go. Waits for nobody and never fails: locks that could not be let go end by themselves.
    @Override
    void close();
  }
}
