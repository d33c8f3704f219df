package io.holdfast.server.series;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers without gaps. Whoever takes some has the series' row until the transaction ends that
/// writes what is numbered: so there is no gap, whatever is rolled back, and no number comes twice.
/// Since everybody else waits meanwhile, numbers are taken as late as they can be.
public final class Numbers {
  private final NumberPattern pattern;
  private @Nullable LocalDate lastOn;
  private long last;

  private Numbers(NumberSeries.Stored stored) {
    this.pattern = stored.pattern();
    this.lastOn = stored.lastOn();
    this.last = stored.last();
  }

  /// Locks the series, takes the numbers and writes down which was the last one.
  public static List<String> take(
      Connection transaction, TenantId tenant, Series series, List<Instant> instants)
      throws SQLException {
    Numbers numbers = new Numbers(NumberSeries.lock(transaction, tenant, series));
    List<String> taken = new ArrayList<>(instants.size());
    for (Instant at : instants) {
      taken.add(numbers.next(LocalDate.ofInstant(at, ZoneOffset.UTC)));
    }
    LocalDate on = numbers.lastOn;
    if (on != null) {
      NumberSeries.take(transaction, tenant, series, numbers.last, on);
    }
    return taken;
  }

  /// Transactions may get the series in another order than that of their instants: a day that was
  /// left is never gone back to.
  private String next(LocalDate decidedOn) {
    LocalDate day = decidedOn;
    if (lastOn != null && !day.isAfter(lastOn)) {
      day = lastOn;
    } else if (lastOn != null && !pattern.period(day).equals(pattern.period(lastOn))) {
      last = 0;
    }
    last = Math.incrementExact(last);
    lastOn = day;
    return pattern.number(day, last);
  }
}
