package io.holdfast.server.bench;

import io.holdfast.server.bench.load.Counts;
import io.holdfast.server.bench.load.LoadResult;
import io.holdfast.server.bench.load.OpenLoop;
import io.holdfast.server.bench.load.Orders;
import io.holdfast.server.bench.load.Reservers;
import io.holdfast.server.bench.rows.Stockroom;
import io.holdfast.stock.Control;
import io.holdfast.stock.StockEngine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long a reservation of one hot item takes with `combined` when half as many come as it can
/// do: first what it can do, then half of it by the clock, for long enough that what happens to a
/// database twice a minute has the share in it that it has.
record HalfLoad(Duration base) implements Part {
  private static final String MAXIMUM = "maximum";
  private static final String HALF = "half-load";
  private static final int LONGER = 3;
  private static final List<Integer> CALLERS = List.of(256, 1_000, 2_000);

  @Override
  public int measures() {
    return CALLERS.size() + 1;
  }

  @Override
  public Duration expected() {
    return pace().total().multipliedBy(CALLERS.size() + 1).plus(base.multipliedBy(1 + LONGER));
  }

  private GridPlan.Pace pace() {
    return new GridPlan.Pace(base.dividedBy(4), base.dividedBy(2));
  }

  @Override
  public void run(Workbench bench) throws SQLException, InterruptedException {
    bench.warmUp(Control.COMBINED, List.of(CALLERS.getFirst()), pace());
    double maximum = 0;
    for (int callers : CALLERS) {
      Point point = Point.hot(callers);
      LoadResult result = bench.closedLoop(Control.COMBINED, point, pace(), new Counts());
      bench.print(MAXIMUM, Control.COMBINED, point, result.members());
      maximum = Math.max(maximum, result.perSecond());
    }
    half(bench, maximum / 2);
  }

  private void half(Workbench bench, double offered) throws SQLException {
    Orders orders = new Orders(bench.stockroom().items(1), 0);
    Counts counts = new Counts();
    try (StockEngine engine = bench.engine(Control.COMBINED, Workbench.NEVER, counts)) {
      Reservers reservers = new Reservers(engine, Stockroom.CALL, orders);
      LoadResult result =
          new OpenLoop(reservers, offered).run(base, base.multipliedBy(LONGER), () -> false);
      Map<String, Object> members = new LinkedHashMap<>(result.members());
      members.put("offered_per_second", Math.rint(offered));
      bench.print(HALF, Control.COMBINED, Point.hot(0), members);
    }
  }
}
