package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what a node does by itself.
final class Await {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Await() {}

  /// @param what is wrong if it never is so
  static void until(Duration atMost, String what, BooleanSupplier isSo) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!isSo.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
