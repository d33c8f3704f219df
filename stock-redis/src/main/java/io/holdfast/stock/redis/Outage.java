package io.holdfast.stock.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Remembers that the server gave no answer. While it gives none, one asker in a while finds out
/// whether it is back, and the others are spared the wait.
final class Outage {
  private static final System.Logger LOG = System.getLogger(Outage.class.getName());
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final AtomicLong nextTryNanos = new AtomicLong();
  private volatile boolean isOn;
  private volatile long answeredNanos = System.nanoTime();

  /// Whether nothing is to be asked at this moment.
  boolean spares(long nowNanos) {
    if (!isOn) {
      return false;
    }
    long due = nextTryNanos.get();
    return nowNanos - due < 0 || !nextTryNanos.compareAndSet(due, nowNanos + PAUSE_NANOS);
  }

  /// What was asked before the last answer came says nothing about now.
  void noticed(long askedNanos, Exception why) {
    if (answeredNanos - askedNanos > 0) {
      return;
    }
    nextTryNanos.set(System.nanoTime() + PAUSE_NANOS);
    if (!isOn) {
      isOn = true;
      LOG.log(System.Logger.Level.WARNING, "Redis gives no answer: " + nameOf(why));
    }
  }

  void answered() {
    answeredNanos = System.nanoTime();
    if (isOn) {
      isOn = false;
      LOG.log(System.Logger.Level.WARNING, "Redis answers again");
    }
  }

  /// The client's messages are pages long.
  private static String nameOf(Exception why) {
    Throwable cause = why.getCause();
    return (cause == null ? why : cause).getClass().getSimpleName();
  }
}
