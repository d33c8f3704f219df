package io.holdfast.server.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// The in-process measures: the raw limit, then each control on one hot item and spread over many.
public final class EngineBench {
  /// Transactions at once: more than this made row-lock slower, on a hot item and when spread.
  private static final int WORKERS = 8;

  /// What the pool must have.
  public static final int CONNECTIONS = WORKERS + 6;

  private static final int SPREAD_ITEMS = 10_000;
  private static final List<Integer> CALLERS = List.of(1, 64, 1_000);
  private static final TenantId TENANT = new TenantId(1_000_000);
  private static final Call CALL =
      Call.by(TENANT, new Actor("bench")).withPatience(Duration.ofMinutes(1));

  private final HikariDataSource pool;
  private final Duration warmUp;
  private final Duration measured;
  private final PrintStream out;
  private int run;

  /// @param pool connections to a migrated database, with the application's rights
  public EngineBench(HikariDataSource pool, Duration warmUp, Duration measured, PrintStream out) {
    this.pool = pool;
    this.warmUp = warmUp;
    this.measured = measured;
    this.out = out;
  }

  public void run(List<Control> controls) throws SQLException, InterruptedException {
    prepare();
    for (Control control : controls) {
      warmUp(control);
    }
    for (int batch : List.of(64, 1_000)) {
      raw(batch);
    }
    for (int items : List.of(1, SPREAD_ITEMS)) {
      for (int callers : CALLERS) {
        for (Control control : controls) {
          measure(control, items, callers);
        }
      }
    }
  }

  /// Nobody is measured on code that was not compiled yet: whoever came first would pay for it.
  private void warmUp(Control control) throws SQLException, InterruptedException {
    for (int callers : List.of(64, 1)) {
      try (StockEngine engine = StockEngine.open(pool, settings(control))) {
        new Load(engine, CALL, stock(1), callers).run(warmUp, measured);
      }
    }
  }

  private static EngineSettings settings(Control control) {
    return EngineSettings.of(control).with().workers(WORKERS).sweepInterval(Duration.ZERO).build();
  }

  private void raw(int batch) throws SQLException {
    String sku = stock(1).getFirst();
    try (Connection connection = pool.getConnection()) {
      double perSecond = new RawLimit(connection, TENANT, sku, batch).perSecond(warmUp, measured);
      print("raw", "none", 1, batch, perSecond, "");
    }
  }

  private void measure(Control control, int items, int callers)
      throws SQLException, InterruptedException {
    List<String> skus = stock(items);
    try (StockEngine engine = StockEngine.open(pool, settings(control))) {
      Load.Result result = new Load(engine, CALL, skus, callers).run(warmUp, measured);
      print(
          "in-process",
          control.label(),
          items,
          callers,
          result.perSecond(),
          String.format(
              Locale.ROOT,
              ",\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"cpu_percent\":%.0f",
              result.latencyNanos().getValueAtPercentile(50) / 1e6,
              result.latencyNanos().getValueAtPercentile(99) / 1e6,
              result.cpuPercent()));
    }
  }

  private void prepare() throws SQLException {
    StockRegister register = StockRegister.create();
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      register.setTenant(connection, TENANT);
      register.addLocation(connection, TENANT, LocationId.MAIN);
      connection.commit();
    }
  }

  /// Items of this run's own, with more stock than it can reserve.
  private List<String> stock(int items) throws SQLException {
    run++;
    List<String> skus =
        IntStream.range(0, items).mapToObj(i -> String.format("BENCH-%d-%05d", run, i)).toList();
    StockRegister register = StockRegister.create();
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      register.setTenant(connection, TENANT);
      register.addItems(connection, TENANT, skus.stream().map(Sku::new).toList(), true);
      connection.commit();
    }
    try (StockEngine engine = StockEngine.open(pool, settings(Control.COMBINED))) {
      List<CompletableFuture<Answer>> received =
          skus.stream()
              .map(sku -> new Command.Receive(Line.of(sku, Line.MAX_QUANTITY), null))
              .map(receive -> engine.submit(receive, CALL).toCompletableFuture())
              .toList();
      received.forEach(CompletableFuture::join);
    }
    return skus;
  }

  private void print(
      String measure, String control, int items, int callers, double perSecond, String rest) {
    out.printf(
        Locale.ROOT,
        "{\"measure\":\"%s\",\"control\":\"%s\",\"items\":%d,\"callers\":%d,\"lines\":1,"
            + "\"nodes\":1,\"per_second\":%.0f%s}%n",
        measure,
        control,
        items,
        callers,
        perSecond,
        rest);
    out.flush();
  }
}
