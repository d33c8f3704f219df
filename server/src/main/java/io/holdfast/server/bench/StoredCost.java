package io.holdfast.server.bench;

import io.holdfast.server.bench.load.Counts;
import io.holdfast.server.bench.load.LoadResult;
import io.holdfast.server.bench.rows.Stockroom;
import io.holdfast.server.bench.rows.StoredRows;
import io.holdfast.stock.Control;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a reservation costs in an empty database and in a full one, on the same items.
record StoredCost(Duration base, long stored) implements Part {
  private static final String MEASURE = "stored";
  private static final List<Control> CONTROLS = List.of(Control.COMBINED, Control.ROW_LOCK);
  private static final Point POINT = new Point(GridPlan.SPREAD_ITEMS, 64, 0);
  private static final Duration LATER = Duration.ofDays(20);

  @Override
  public int measures() {
    return CONTROLS.size() * 2;
  }

  @Override
  public Duration expected() {
    return pace().total().multipliedBy(CONTROLS.size() * 4L).plus(StoredRows.expected(stored));
  }

  private GridPlan.Pace pace() {
    return new GridPlan.Pace(base.dividedBy(2), base.dividedBy(2));
  }

  @Override
  public void run(Workbench bench) throws SQLException, InterruptedException {
    for (Control control : CONTROLS) {
      bench.warmUp(control, List.of(POINT.callers(), 1), pace());
    }
    List<String> skus = bench.stockroom().items(POINT.items());
    measure(bench, skus, 0);
    new StoredRows(bench.owner(), Stockroom.TENANT).fill(skus, stored, LATER);
    measure(bench, skus, stored);
  }

  private void measure(Workbench bench, List<String> skus, long already)
      throws InterruptedException {
    for (Control control : CONTROLS) {
      LoadResult result = bench.closedLoop(control, POINT, skus, pace(), new Counts());
      Map<String, Object> members = new LinkedHashMap<>(result.members());
      members.put("stored", already);
      bench.print(MEASURE, control, POINT, members);
    }
  }
}
