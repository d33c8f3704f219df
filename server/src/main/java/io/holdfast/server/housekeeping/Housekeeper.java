package io.holdfast.server.housekeeping;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Takes away what is over, in the background, for as long as the node runs. Any number of nodes
/// may do so: the database lets one at a time, and what one has not done the next does.
public final class Housekeeper implements AutoCloseable {
  static final String OVER_FORGET =
      """
      SELECT holdfast.forget(?, ?)
      """;

  private static final Logger LOG = Logger.getLogger(Housekeeper.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final long MAX_WAIT_SECONDS = 15;

  /// So few that their locks are short, and so many that a minute's worth is done in a minute.
  private static final int STEP = 1_000;

  private final Jdbi database;
  private final HousekeepingMetrics metrics = new HousekeepingMetrics();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("holdfast-housekeeping").factory());

  Housekeeper(Jdbi database) {
    this.database = database;
  }

  public static Housekeeper open(Jdbi database) {
    Housekeeper housekeeper = new Housekeeper(database);
    long seconds = INTERVAL.toSeconds();
    var _ =
        housekeeper.thread.scheduleWithFixedDelay(
            housekeeper::round, seconds, seconds, TimeUnit.SECONDS);
    return housekeeper;
  }

  /// Once through all kinds. What fails is left to the next round and keeps no other kind: a row
  /// that stays for longer harms nobody.
  void round() {
    for (Kind kind : Kind.values()) {
      try {
        forget(kind);
      } catch (RuntimeException e) {
        metrics.failed();
        LOG.warn("What is over in " + kind.table() + " is left to the next round: " + e);
      }
    }
  }

  private void forget(Kind kind) {
    long forgotten = STEP;
    while (forgotten == STEP && !thread.isShutdown()) {
      forgotten = forgetOnce(kind);
      metrics.forgot(kind, forgotten);
    }
  }

  private long forgetOnce(Kind kind) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(OVER_FORGET)
                .bind(0, kind.table())
                .bind(1, STEP)
                .mapTo(Long.class)
                .one());
  }

  /// A step that is under way is waited for: what it uses is closed next.
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("What is over is still being taken away");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
