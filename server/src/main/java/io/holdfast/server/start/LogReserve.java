package io.holdfast.server.start;

import io.holdfast.postgres.Cluster;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Has 1 GiB of write-ahead log lie ready in a new embedded database, little by little and once the
/// start is over. A database that has been busy has it from its checkpoints; in a new one somebody
/// would wait 50 ms or more for every 16 MiB that are written. A disk that is rather full is left
/// alone.
final class LogReserve implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LogReserve.class);
  private static final int SEGMENTS = 64;
  private static final long FREE_BYTES = 10L << 30;
  private static final Duration DELAY = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Thread thread;

  private LogReserve(Cluster cluster) {
    this.thread = Thread.ofVirtual().name("log-reserve").start(() -> reserve(cluster));
  }

  static LogReserve begin(Cluster cluster) {
    return new LogReserve(cluster);
  }

  private static void reserve(Cluster cluster) {
    try {
      Thread.sleep(DELAY);
      if (cluster.folder().toFile().getUsableSpace() >= FREE_BYTES) {
        cluster.reserveLog(SEGMENTS, PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.debug("no write-ahead log lies ready, it will be made when it is needed", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
