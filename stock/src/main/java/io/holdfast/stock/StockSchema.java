package io.holdfast.stock;

import io.holdfast.stock.schema.Migration;
import io.holdfast.stock.schema.Scripts;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/// The engine's tables, as scripts that make them and bring older ones up to date. They stand in a
/// schema of their own, `holdfast`, and make two roles for the whole cluster: `holdfast_app`, which
/// is to be granted to the login that the engine works under, and `holdfast_sweeper`, which nobody
/// logs in as.
///
/// Either [#migrate] applies them, or a tool of the embedder's does; not now the one and then the
/// other. A tool finds them on the class path in `io/holdfast/stock/schema`, named as Flyway names
/// its scripts, or is given them by [#scripts]; it makes the schema `holdfast` before.
public final class StockSchema {
  private StockSchema() {}

  /// One step. It never changes once a version with it was released.
  ///
  /// @param name begins with `V`, a number and two underscores, and stands for the script in
  ///   whatever record is kept
  public record Script(String name, String sql) {
    public Script {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(sql, "sql");
    }
  }

  /// All of them, in the order in which they are applied. A later version may have one to be
  /// applied between two that were; then it does not depend on the second.
  public static List<Script> scripts() {
    return Scripts.all();
  }

  /// Applies the scripts that were not applied yet, all of them or none, and answers which. Which
  /// ones were is kept in the table `holdfast.stock_scripts`. Of several that do this at once, one
  /// does it and the others find it done, so each node may do it whenever it starts. Waits for 10 s
  /// at most for a table that is in use.
  ///
  /// @param owner whose connections work under the role that is to own the tables: it may create
  ///   schemas in this database, and roles
  /// @throws IllegalStateException when the tables are there and another tool has made them, or
  ///   when a later version than this one has; nothing is changed
  public static List<Script> migrate(DataSource owner) throws SQLException {
    return Migration.run(Objects.requireNonNull(owner, "owner"));
  }
}
