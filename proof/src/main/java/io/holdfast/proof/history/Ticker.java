package io.holdfast.proof.history;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// Nanoseconds that the processes of one machine may compare.
///
/// On Linux `System.nanoTime` reads CLOCK_MONOTONIC, which all processes share. Elsewhere its
/// origin is each process's own, so there it is anchored once at the wall clock.
public final class Ticker {

  private static final boolean SHARED = System.getProperty("os.name", "").equalsIgnoreCase("Linux");
  private static final long ANCHOR_NANOS = SHARED ? 0 : wallNanos() - System.nanoTime();

  private Ticker() {}

  public static long nanos() {
    return System.nanoTime() + ANCHOR_NANOS;
  }

  /// Waits for a moment that was agreed on.
  public static void pauseUntil(long moment) {
    for (long left = moment - nanos(); left > 0; left = moment - nanos()) {
      LockSupport.parkNanos(left);
    }
  }

  public static void pauseMillis(long millis) {
    pauseUntil(nanos() + millis * 1_000_000);
  }

  private static long wallNanos() {
    Instant now = Instant.now();
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }
}
