package io.holdfast.server.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.server.bench.rows.Stockroom;
import io.holdfast.stock.Control;
import io.holdfast.stock.StockMutex;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The measures in process, part by part; each part wants a database of its own.
public final class EngineBench {
  /// What the pool must have.
  public static final int CONNECTIONS = Workbench.WORKERS + 6;

  /// The part that spoils the database.
  public static final String UNPROTECTED = "unprotected";

  private static final String TABLE = "table";
  private static final String GRID = "grid";

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final BenchOptions options;
  private final PrintStream out;

  public EngineBench(BenchOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
    Duration base = options.measured();
    parts.put(TABLE, new Grid(new GridPlan(options.controls(), false, base)));
    parts.put(GRID, new Grid(new GridPlan(options.controls(), true, base)));
    parts.put(UNPROTECTED, new Grid(GridPlan.ofTheBroken(base)));
    parts.put("plain-jdbc", new AgainstPlainJdbc(base));
    parts.put("half-load", new HalfLoad(base));
    parts.put("stored", new StoredCost(base, options.stored()));
    parts.put("orders", new Placing(base));
    parts.put("expiry", new ExpiryRate(base, options.expiring()));
  }

  public List<String> parts() {
    return List.copyOf(parts.keySet());
  }

  /// Whether the part of that name measures a control with locks outside of the database.
  public boolean needsMutex(String part) {
    boolean isOfTheControls = part.equals(TABLE) || part.equals(GRID);
    return isOfTheControls && options.controls().contains(Control.FENCED_LOCK);
  }

  /// Prints how many measures each part has, and about how long it takes.
  public void plan() {
    parts.forEach(
        (name, part) -> {
          Map<String, Object> line = new LinkedHashMap<>();
          line.put("part", name);
          line.put("measures", part.measures());
          line.put("seconds", part.expected().toSeconds());
          new Results(out).print(line);
        });
  }

  /// Runs the part of that name, one of [#parts()].
  ///
  /// @param pool connections to a migrated database, with the application's rights
  /// @param owner connections of the schema's owner
  /// @param mutex null unless [#needsMutex] says that there must be one
  public void run(String name, HikariDataSource pool, DataSource owner, @Nullable StockMutex mutex)
      throws SQLException, InterruptedException {
    Part part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("there is no part " + name);
    }
    part.run(new Workbench(pool, owner, mutex, Stockroom.open(pool), new Results(out)));
  }
}
