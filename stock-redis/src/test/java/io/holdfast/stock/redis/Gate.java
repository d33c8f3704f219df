package io.holdfast.stock.redis;

import io.holdfast.stock.testing.Intercepted;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// Pauses whoever calls a connection's method for a certain time, until it is opened: as a long
/// collection of garbage does, or a virtual machine that is moved.
final class Gate {
  private static final long MAX_SECONDS = 30;

  private final String method;
  private final int times;
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /// @param times the number of the call that is paused, from 1 on
  Gate(String method, int times) {
    this.method = method;
    this.times = times;
  }

  /// Before a transaction has read anything.
  static Gate beforeReading() {
    return new Gate("setAutoCommit", 1);
  }

  /// When all is read and decided, and nothing written.
  static Gate beforeWriting() {
    return new Gate("prepareStatement", 2);
  }

  DataSource around(DataSource database) {
    return Intercepted.connections(
        database,
        (_, called, call) -> {
          if (called.equals(method) && calls.incrementAndGet() == times) {
            reached.countDown();
            await(open);
          }
          return call.proceed();
        });
  }

  void awaitReached() throws InterruptedException {
    await(reached);
  }

  void open() {
    open.countDown();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(MAX_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody came to the gate, or opened it");
    }
  }
}
