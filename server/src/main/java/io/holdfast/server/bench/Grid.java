package io.holdfast.server.bench;

import io.holdfast.server.bench.load.Counts;
import io.holdfast.server.bench.load.LoadResult;
import io.holdfast.server.bench.rows.RawLimit;
import io.holdfast.server.bench.rows.Stockroom;
import io.holdfast.stock.Control;
import io.holdfast.stock.UnprotectedLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Each control under each load, and on one hot item beside the raw limit. They take turns under a
/// load, so that what changes meanwhile changes for all of them. The broken control has a database
/// of its own, which it spoils, and no raw limit there.
record Grid(GridPlan plan) implements Part {
  private static final String RAW = "raw";
  private static final String IN_PROCESS = "in-process";

  @Override
  public int measures() {
    return plan.measures();
  }

  @Override
  public Duration expected() {
    return plan.expected();
  }

  @Override
  public void run(Workbench bench) throws SQLException, InterruptedException {
    if (plan.isOfTheBroken()) {
      spoil(bench);
    }
    for (Control control : plan.controls()) {
      bench.warmUp(control, plan.warmUpCallers(), plan.tablePace());
    }
    for (Point point : plan.points()) {
      if (plan.hasRawLimit(point)) {
        raw(bench, point);
      }
      for (Control control : plan.controls()) {
        measure(bench, control, point);
      }
    }
  }

  private static void spoil(Workbench bench) throws SQLException {
    try (Connection owner = bench.owner().getConnection()) {
      UnprotectedLedger.prepare(owner);
    }
  }

  private void raw(Workbench bench, Point point) throws SQLException {
    String sku = bench.stockroom().items(1).getFirst();
    GridPlan.Pace pace = plan.tablePace();
    try (Connection connection = bench.pool().getConnection()) {
      double perSecond =
          new RawLimit(connection, Stockroom.TENANT, sku, point.callers())
              .perSecond(pace.warmUp(), pace.measured());
      bench.results().print(RAW, "none", point, Map.of("per_second", Math.rint(perSecond)));
    }
  }

  private void measure(Workbench bench, Control control, Point point)
      throws SQLException, InterruptedException {
    Counts counts = new Counts();
    LoadResult result = bench.closedLoop(control, point, plan.pace(point), counts);
    Map<String, Object> members = new LinkedHashMap<>(result.members());
    members.putAll(counts.members());
    bench.print(IN_PROCESS, control, point, members);
  }
}
