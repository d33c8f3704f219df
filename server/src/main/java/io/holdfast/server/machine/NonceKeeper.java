package io.holdfast.server.machine;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Forgets nonces in the background for as long as the node runs. Any number of nodes may do so.
public final class NonceKeeper implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NonceKeeper.class);
  private static final int BATCH = 1_000;
  private static final long MAX_WAIT_SECONDS = 15;

  private final Nonces nonces;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("holdfast-nonces").factory());

  private NonceKeeper(Nonces nonces) {
    this.nonces = nonces;
  }

  public static NonceKeeper open(Nonces nonces, Duration interval) {
    NonceKeeper keeper = new NonceKeeper(nonces);
    long millis = interval.toMillis();
    var _ =
        keeper.thread.scheduleWithFixedDelay(keeper::forget, millis, millis, TimeUnit.MILLISECONDS);
    return keeper;
  }

  /// What fails is left to the next round: a nonce that is kept for longer harms nobody.
  private void forget() {
    try {
      long forgotten = BATCH;
      while (forgotten == BATCH && !thread.isShutdown()) {
        forgotten = nonces.forget(BATCH);
      }
    } catch (RuntimeException e) {
      LOG.warn("Old nonces could not be forgotten: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Old nonces are still being forgotten");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
