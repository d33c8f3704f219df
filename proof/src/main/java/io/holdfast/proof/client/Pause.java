package io.holdfast.proof.client;

import io.holdfast.proof.history.Ticker;
import java.util.concurrent.locks.LockSupport;

/// Waiting for a moment that was agreed on.
final class Pause {

  private Pause() {}

  static void millis(long millis) {
    until(Ticker.nanos() + millis * 1_000_000);
  }

  static void until(long nanos) {
    for (long left = nanos - Ticker.nanos(); left > 0; left = nanos - Ticker.nanos()) {
      LockSupport.parkNanos(left);
    }
  }
}
