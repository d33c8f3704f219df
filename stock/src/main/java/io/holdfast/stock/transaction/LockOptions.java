package io.holdfast.stock.transaction;

import io.holdfast.stock.store.Locking;
import java.time.Duration;
import java.util.Set;

/// How a transaction locks: the one thing in which concurrency controls differ inside of it.
///
/// @param timeout how long it waits for a row
/// @param knownHeld rows that it does not wait for at all
/// @param maxRows reservation lines that it touches at most; a single request always has its turn
/// @param fence the lock outside of the database behind which it is
public record LockOptions(
    Locking locking, Duration timeout, Set<HeldRow> knownHeld, int maxRows, Fence fence) {

  /// For one request alone.
  public static LockOptions of(Locking locking, Duration timeout) {
    return new LockOptions(locking, timeout, Set.of(), Integer.MAX_VALUE, Fence.NONE);
  }

  public static LockOptions ofBatch(Duration timeout, Set<HeldRow> knownHeld, int maxRows) {
    return new LockOptions(Locking.WAIT, timeout, knownHeld, maxRows, Fence.NONE);
  }

  public LockOptions behind(Fence newFence, Duration newTimeout) {
    return new LockOptions(locking, newTimeout, knownHeld, maxRows, newFence);
  }

  LockOptions skippingHeld() {
    return new LockOptions(Locking.SKIP_HELD, timeout, knownHeld, maxRows, fence);
  }
}
