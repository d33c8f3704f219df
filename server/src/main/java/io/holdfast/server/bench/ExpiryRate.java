package io.holdfast.server.bench;

import io.holdfast.server.bench.load.LoadResult;
import io.holdfast.server.bench.load.OpenLoop;
import io.holdfast.server.bench.load.Orders;
import io.holdfast.server.bench.load.Reservers;
import io.holdfast.server.bench.rows.Stockroom;
import io.holdfast.server.bench.rows.StoredRows;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.StockEngine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// How fast reservations that are all due at once are returned, and what the buyers of the same
/// tenant and the same items feel of it, who come by the clock meanwhile.
record ExpiryRate(Duration base, long expiring) implements Part {
  private static final String RETURNED = "expiry";
  private static final String BUYERS = "expiry-buyers";
  private static final Point POINT = new Point(GridPlan.SPREAD_ITEMS, 0, 0);
  private static final double BUYERS_PER_SECOND = 1_000;

  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);
  private static final Duration DUE = Duration.ofSeconds(-1);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final long WARM_UP_EXPIRING = 10_000;
  private static final long RATE_EXPECTED = 10_000;

  @Override
  public int measures() {
    return 3;
  }

  @Override
  public Duration expected() {
    return base.multipliedBy(3)
        .plus(Duration.ofSeconds(expiring / RATE_EXPECTED))
        .plus(StoredRows.expected(expiring));
  }

  /// Counts the reservations that the engine has returned, from the first to the last.
  private static final class Returned implements EngineObserver {
    final AtomicLong count = new AtomicLong();
    volatile long firstNanos;
    volatile long lastNanos;

    double perSecond() {
      return count.get() * 1e9 / Math.max(1, lastNanos - firstNanos);
    }

    @Override
    public void answered(String command, String outcome, boolean replayed, long nanos) {
      if (command.equals("Expire") && outcome.equals("Expired")) {
        lastNanos = System.nanoTime();
        if (count.incrementAndGet() == 1) {
          firstNanos = lastNanos;
        }
      }
    }
  }

  @Override
  public void run(Workbench bench) throws SQLException {
    List<String> skus = bench.stockroom().items(POINT.items());
    StoredRows rows = new StoredRows(bench.owner(), Stockroom.TENANT);
    rows.fill(skus, WARM_UP_EXPIRING, DUE);
    var _ = buyers(bench, skus, new Returned(), base, WARM_UP_EXPIRING);
    printBuyers(bench, buyers(bench, skus, new Returned(), base, Long.MAX_VALUE), 0);
    rows.fill(skus, expiring, DUE);
    Returned returned = new Returned();
    LoadResult disturbed = buyers(bench, skus, returned, LONGEST, expiring);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("per_second", Math.rint(returned.perSecond()));
    members.put("expiring", expiring);
    bench.print(RETURNED, Control.COMBINED, POINT, members);
    printBuyers(bench, disturbed, expiring);
  }

  /// Buyers alone for `longest`, or until `expired` reservations were returned.
  private static LoadResult buyers(
      Workbench bench, List<String> skus, Returned returned, Duration longest, long expired) {
    try (StockEngine engine = bench.engine(Control.COMBINED, SWEEP_INTERVAL, returned)) {
      Reservers reservers = new Reservers(engine, Stockroom.CALL, new Orders(skus, 0));
      return new OpenLoop(reservers, BUYERS_PER_SECOND)
          .run(Duration.ZERO, longest, () -> returned.count.get() >= expired);
    }
  }

  private static void printBuyers(Workbench bench, LoadResult result, long during) {
    Map<String, Object> members = new LinkedHashMap<>(result.members());
    members.put("offered_per_second", BUYERS_PER_SECOND);
    members.put("expiring", during);
    bench.print(BUYERS, Control.COMBINED, POINT, members);
  }
}
