package io.holdfast.stock.background;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps a thread in the background from working for more than a part of its time, and wakes it up
/// when it is to stop.
public final class Pace {
  private final int busyPercent;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopped = lock.newCondition();
  private boolean isStopped;

  public Pace(int busyPercent) {
    this.busyPercent = busyPercent;
  }

  /// How long to rest after work that took so long.
  public long restNanos(long workNanos) {
    return workNanos * (100 - busyPercent) / busyPercent;
  }

  /// Answers whether to go on, at once when not.
  public boolean rest(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (!isStopped && left > 0) {
        left = stopped.awaitNanos(left);
      }
      return !isStopped;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  public void stop() {
    lock.lock();
    try {
      isStopped = true;
      stopped.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
