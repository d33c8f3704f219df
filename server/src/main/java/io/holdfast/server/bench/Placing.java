package io.holdfast.server.bench;

import io.holdfast.server.bench.load.ClosedLoop;
import io.holdfast.server.bench.load.Counts;
import io.holdfast.server.bench.load.LoadResult;
import io.holdfast.server.bench.load.Orders;
import io.holdfast.server.bench.load.Reservers;
import io.holdfast.server.bench.rows.Stockroom;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.order.GivenNumbers;
import io.holdfast.server.order.OrderBook;
import io.holdfast.server.series.Blocks;
import io.holdfast.server.series.Numbering;
import io.holdfast.server.series.Numbers;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.trail.TrailMetrics;
import io.holdfast.stock.Control;
import io.holdfast.stock.StockEngine;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/// How many orders are placed: reserved, priced, numbered without gaps and told to the trail; and
/// what the numbers cost, by the same orders under random names. By turns, there and back, so that
/// what changes meanwhile changes for all.
record Placing(Duration base) implements Part {
  private static final String ORDERS = "orders";
  private static final int LINES = 3;
  private static final int CALLERS = 256;
  private static final Numbering NONE =
      (_, _, _, wanted) ->
          Stream.generate(() -> UUID.randomUUID().toString()).limit(wanted.count()).toList();

  /// Who places orders.
  ///
  /// @param isNumbered whether they have numbers of the series, which is gapless unless chosen
  private record Kind(Control control, boolean isNumbered) {
    String numbers() {
      return isNumbered ? "gapless" : "none";
    }
  }

  private static final Kind WITHOUT = new Kind(Control.COMBINED, false);
  private static final Kind NUMBERED = new Kind(Control.COMBINED, true);
  private static final Kind BASE = new Kind(Control.ROW_LOCK, true);
  private static final List<Kind> TURNS = List.of(WITHOUT, NUMBERED, BASE, BASE, NUMBERED, WITHOUT);

  @Override
  public int measures() {
    return 2 * TURNS.size();
  }

  @Override
  public Duration expected() {
    return pace().total().multipliedBy(2L * TURNS.size() + 2);
  }

  private GridPlan.Pace pace() {
    return new GridPlan.Pace(base.dividedBy(2), base);
  }

  @Override
  public void run(Workbench bench) throws SQLException, InterruptedException {
    Point hot = Point.hot(CALLERS);
    Point spread = new Point(GridPlan.SPREAD_ITEMS, CALLERS, 100);
    List<String> hotSkus = bench.stockroom().priced(hot.items());
    List<String> spreadSkus = bench.stockroom().priced(spread.items());
    var _ = place(bench, hotSkus, 1, WITHOUT);
    var _ = place(bench, spreadSkus, LINES, NUMBERED);
    for (Kind kind : TURNS) {
      print(bench, hot, 1, kind, place(bench, hotSkus, 1, kind));
    }
    for (Kind kind : TURNS) {
      print(bench, spread, LINES, kind, place(bench, spreadSkus, LINES, kind));
    }
  }

  private LoadResult place(Workbench bench, List<String> skus, int lines, Kind kind)
      throws InterruptedException {
    Trail trail = new Trail(new TrailMetrics(InstantSource.system()));
    Counts counts = new Counts();
    try (StockEngine engine =
        bench.engine(
            kind.control(),
            counts,
            new OrderBook(trail, kind.isNumbered() ? numbers(bench) : NONE))) {
      Reservers placers =
          new Reservers(
              engine,
              reserve -> Stockroom.CALL.with(OrderBook.placing(Stockroom.CALL.actor(), reserve)),
              Orders.of(skus, lines));
      return new ClosedLoop(placers::reserve, counts)
          .run(CALLERS, pace().warmUp(), pace().measured());
    }
  }

  private static Numbering numbers(Workbench bench) {
    GivenNumbers given = new GivenNumbers();
    TenantScope tenants = new TenantScope(Jdbi.create(bench.pool()));
    return new Numbers(new Blocks(tenants, given), given);
  }

  private static void print(Workbench bench, Point point, int lines, Kind kind, LoadResult result) {
    Map<String, Object> members = new LinkedHashMap<>(result.members());
    members.put("lines", lines);
    members.put("numbers", kind.numbers());
    bench.print(ORDERS, kind.control(), point, members);
  }
}
