package io.holdfast.server.series;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Counts in the order in which numbers are given out.
final class Counting {
  private final NumberPattern pattern;
  private @Nullable LocalDate lastOn;
  private long last;

  /// Goes on behind the last one that was given out.
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

  /// Begins again with 1 when the part of the date that the pattern tells has moved on.
  void moveTo(LocalDate day) {
    if (lastOn != null
        && !day.equals(lastOn)
        && !pattern.period(day).equals(pattern.period(lastOn))) {
      last = 0;
    }
    lastOn = day;
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
