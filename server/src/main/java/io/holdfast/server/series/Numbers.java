package io.holdfast.server.series;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// The numbers of one series in one transaction. Whoever takes some has the series' row until the
/// transaction ends, and writes down the last one with what is numbered: so there are no gaps,
/// whatever is rolled back, and none comes twice.
public final class Numbers {
  private final TenantId tenant;
  private final Series series;
  private final NumberPattern pattern;
  private @Nullable LocalDate lastOn;
  private long last;
  private boolean isAnyTaken;

  private Numbers(TenantId tenant, Series series, NumberSeries.Stored stored) {
    this.tenant = tenant;
    this.series = series;
    this.pattern = stored.pattern();
    this.lastOn = stored.lastOn();
    this.last = stored.last();
  }

  /// Locks the series.
  public static Numbers of(Connection transaction, TenantId tenant, Series series)
      throws SQLException {
    return new Numbers(tenant, series, NumberSeries.lock(transaction, tenant, series));
  }

  /// The next one.
  ///
  /// @param at when what is numbered was decided. Transactions may get the series in another order
  ///   than that of their instants: a day that was left is never gone back to
  public String next(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    if (lastOn != null && !day.isAfter(lastOn)) {
      day = lastOn;
    } else if (lastOn != null && !pattern.period(day).equals(pattern.period(lastOn))) {
      last = 0;
    }
    last = Math.incrementExact(last);
    lastOn = day;
    isAnyTaken = true;
    return pattern.number(day, last);
  }

  /// Writes the last one down, if any was taken.
  public void write(Connection transaction) throws SQLException {
    LocalDate on = lastOn;
    if (isAnyTaken && on != null) {
      NumberSeries.take(transaction, tenant, series, last, on);
    }
  }
}
