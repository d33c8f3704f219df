package io.holdfast.server.series;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Counts on from the last number that was given out of a series.
final class Counting {
  private final NumberPattern pattern;
  private @Nullable LocalDate lastOn;
  private long last;

  Counting(NumberSeries.Stored stored) {
    this.pattern = stored.pattern();
    this.lastOn = stored.lastOn();
    this.last = stored.last();
  }

  /// The day of the next one. Transactions may get the series in another order than that of their
  /// instants: a day that was left is never gone back to.
  LocalDate day(Instant decidedAt) {
    LocalDate day = LocalDate.ofInstant(decidedAt, ZoneOffset.UTC);
    return lastOn != null && day.isBefore(lastOn) ? lastOn : day;
  }

  /// Begins again with 1 when the part of the date that the pattern tells has moved on, or behind
  /// what looks so already.
  void moveTo(LocalDate day, Given given, Connection transaction, TenantId tenant)
      throws SQLException {
    if (lastOn == null || pattern.beginsAnew(lastOn, day)) {
      last = given.largest(transaction, tenant, pattern, day);
    }
    lastOn = day;
  }

  /// Goes on behind what looks like one of the day's already.
  void skipGiven(LocalDate day, Given given, Connection transaction, TenantId tenant)
      throws SQLException {
    last = Math.max(last, given.largest(transaction, tenant, pattern, day));
  }

  /// The next so many are taken.
  ///
  /// @return the first of them
  long take(int count) {
    long first = Math.incrementExact(last);
    last = Math.addExact(last, count);
    return first;
  }

  long last() {
    return last;
  }
}
