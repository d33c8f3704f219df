package io.holdfast.postgres.process;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks after a running server: starts it again on the same port when it died, and keeps its log
/// within bounds.
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Watchdog.class.getName());
  private static final long PERIOD_MILLIS = 200;
  private static final long MAX_PAUSE_MILLIS = 5_000;

  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("postgres-watchdog").factory());
  private final Server server;
  private final int port;
  private int failedAttempts;
  private long nextAttemptNanos;

  private Watchdog(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  public static Watchdog over(Server server, int port) {
    Watchdog watchdog = new Watchdog(server, port);
    var _ =
        watchdog.looks.scheduleWithFixedDelay(
            watchdog::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return watchdog;
  }

  // The executor drops a task that throws, so nothing may leave this method.
  private void look() {
    try {
      server.log().bound();
      if (server.running().isPresent()) {
        failedAttempts = 0;
      } else if (System.nanoTime() >= nextAttemptNanos) {
        restart();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "PostgreSQL could not be looked after", e);
    }
  }

  private void restart() {
    LOG.log(Level.WARNING, "PostgreSQL died; starting it again on port {0,number,#}", port);
    try {
      server.start(port);
      LOG.log(Level.INFO, "PostgreSQL runs again on port {0,number,#}", port);
    } catch (PortTaken | RuntimeException e) {
      attemptFailed(e);
    }
  }

  private void attemptFailed(Exception why) {
    if (looks.isShutdown()) {
      return;
    }
    failedAttempts++;
    long pauseMillis = Math.min(MAX_PAUSE_MILLIS, PERIOD_MILLIS << Math.min(failedAttempts, 10));
    nextAttemptNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
    LOG.log(
        Level.ERROR,
        "PostgreSQL did not start again (attempt {0}, the next in {1} ms): {2}",
        failedAttempts,
        pauseMillis,
        why.getMessage());
  }

  /// No look is under way when this returns.
  @Override
  public void close() {
    looks.shutdownNow();
    try {
      if (!looks.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "PostgreSQL is still being started while it is to stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
