package io.holdfast.server.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.server.bench.load.ClosedLoop;
import io.holdfast.server.bench.load.Counts;
import io.holdfast.server.bench.load.LoadResult;
import io.holdfast.server.bench.rows.PlainJdbc;
import io.holdfast.server.bench.rows.Stockroom;
import io.holdfast.stock.Control;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// `row-lock` beside a loop of plain JDBC that writes the same tables, with as many connections.
/// They take turns, there and back: a machine that gets slower meanwhile favours neither.
record AgainstPlainJdbc(Duration base) implements Part {
  private static final String MEASURE = "plain-jdbc";
  private static final List<Integer> ITEMS = List.of(1, GridPlan.SPREAD_ITEMS);
  private static final List<Integer> CALLERS = List.of(1, 64);
  private static final int TURNS = 4;
  private static final long WAIT_MILLIS = 30_000;

  @Override
  public int measures() {
    return ITEMS.size() * CALLERS.size() * 2;
  }

  @Override
  public Duration expected() {
    int turns = ITEMS.size() * CALLERS.size() * TURNS + 2 * TURNS;
    return pace().total().multipliedBy(turns);
  }

  /// Half as long a turn, since each has two.
  private GridPlan.Pace pace() {
    return new GridPlan.Pace(base.dividedBy(4), base.dividedBy(2));
  }

  @Override
  public void run(Workbench bench) throws SQLException, InterruptedException {
    try (HikariDataSource plain = plainPool(bench)) {
      for (int callers : CALLERS) {
        for (int turn = 0; turn < 2; turn++) {
          var _ = rowLock(bench, Point.hot(callers));
          var _ = plain(bench, plain, Point.hot(callers));
        }
      }
      for (int items : ITEMS) {
        for (int callers : CALLERS) {
          measure(bench, plain, new Point(items, callers, 0));
        }
      }
    }
  }

  private void measure(Workbench bench, HikariDataSource pool, Point point)
      throws SQLException, InterruptedException {
    LoadResult plain = plain(bench, pool, point);
    LoadResult rowLock = rowLock(bench, point).plus(rowLock(bench, point));
    plain = plain.plus(plain(bench, pool, point));
    bench.results().print(MEASURE, MEASURE, point, plain.members());
    bench.print(MEASURE, Control.ROW_LOCK, point, rowLock.members());
  }

  private LoadResult rowLock(Workbench bench, Point point)
      throws SQLException, InterruptedException {
    return bench.closedLoop(Control.ROW_LOCK, point, pace(), new Counts());
  }

  private LoadResult plain(Workbench bench, HikariDataSource pool, Point point)
      throws SQLException, InterruptedException {
    List<String> skus = bench.stockroom().items(point.items());
    PlainJdbc loop = new PlainJdbc(pool, Stockroom.TENANT.value(), skus);
    return new ClosedLoop(loop::reserve, new Counts())
        .run(point.callers(), pace().warmUp(), pace().measured());
  }

  /// Its connections see the tenant's rows from the start: no statement of the loop's has to say
  /// so.
  private static HikariDataSource plainPool(Workbench bench) {
    HikariConfig config = new HikariConfig();
    bench.pool().copyStateTo(config);
    config.setPoolName("plain-jdbc");
    config.setMaximumPoolSize(Workbench.WORKERS);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.setConnectionInitSql(
        "SELECT set_config('holdfast.tenant_id', '%d', false)".formatted(Stockroom.TENANT.value()));
    return new HikariDataSource(config);
  }
}
