package io.holdfast.server.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.server.bench.load.ClosedLoop;
import io.holdfast.server.bench.load.Counts;
import io.holdfast.server.bench.load.LoadResult;
import io.holdfast.server.bench.load.Orders;
import io.holdfast.server.bench.load.Reservers;
import io.holdfast.server.bench.rows.Stockroom;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Participant;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockMutex;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What every part works with.
///
/// @param pool connections with the application's rights
/// @param owner connections of the schema's owner
/// @param mutex the locks outside of the database, if a control that is measured needs them
record Workbench(
    HikariDataSource pool,
    DataSource owner,
    @Nullable StockMutex mutex,
    Stockroom stockroom,
    Results results) {
  /// Transactions at once: more than this made row-lock slower, on a hot item and when spread.
  static final int WORKERS = 8;

  static final Duration NEVER = Duration.ZERO;

  StockEngine engine(Control control, Duration sweepInterval, EngineObserver observer) {
    return engine(control, sweepInterval, observer, List.of());
  }

  /// One that others take part in, and that never sweeps.
  StockEngine engine(Control control, EngineObserver observer, Participant<?> participant) {
    return engine(control, NEVER, observer, List.of(participant));
  }

  private StockEngine engine(
      Control control,
      Duration sweepInterval,
      EngineObserver observer,
      List<Participant<?>> participants) {
    EngineSettings.Builder settings =
        EngineSettings.with(control)
            .workers(WORKERS)
            .sweepInterval(sweepInterval)
            .participants(participants)
            .observer(observer);
    if (mutex != null) {
      settings.mutex(mutex);
    }
    return StockEngine.open(pool, settings.build());
  }

  /// Everybody waits for the answer before they ask again.
  LoadResult closedLoop(Control control, Point point, GridPlan.Pace pace, Counts counts)
      throws SQLException, InterruptedException {
    return closedLoop(control, point, stockroom.items(point.items()), pace, counts);
  }

  LoadResult closedLoop(
      Control control, Point point, List<String> skus, GridPlan.Pace pace, Counts counts)
      throws InterruptedException {
    Orders orders = new Orders(skus, point.multiLinePercent());
    try (StockEngine engine = engine(control, NEVER, counts)) {
      Reservers reservers = new Reservers(engine, Stockroom.CALL, orders);
      return new ClosedLoop(reservers::reserve, counts)
          .run(point.callers(), pace.warmUp(), pace.measured());
    }
  }

  /// Runs what is to be measured until it is compiled, as long as a measure takes.
  void warmUp(Control control, List<Integer> callers, GridPlan.Pace pace)
      throws SQLException, InterruptedException {
    for (int each : callers) {
      var _ = closedLoop(control, Point.hot(each), pace, new Counts());
    }
  }

  void print(String measure, Control control, Point point, Map<String, Object> members) {
    results.print(measure, control.label(), point, members);
  }
}
