package io.holdfast.server.payment;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// How long the oldest payment of all tenants waits for an answer. The database is not asked each
/// time that somebody looks.
final class UnsettledAge {
  private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Jdbi database;
  private final LongSupplier nanos;
  private double seconds;
  private long readAt;

  UnsettledAge(Jdbi database, LongSupplier nanos) {
    this.database = database;
    this.nanos = nanos;
    this.readAt = nanos.getAsLong() - MEMORY_NANOS;
  }

  /// Not a number while the database can't be asked.
  synchronized double seconds() {
    long now = nanos.getAsLong();
    if (now - readAt >= MEMORY_NANOS) {
      readAt = now;
      try {
        seconds = database.withHandle(Payments::unsettledSeconds);
      } catch (JdbiException e) {
        seconds = Double.NaN;
      }
    }
    return seconds;
  }
}
