package io.holdfast.stock.schema;

import io.holdfast.stock.StockSchema.Script;
import io.holdfast.stock.store.Borrowed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/// Brings the schema up to date in one transaction, and keeps a record of it.
public final class Migration {
  public static final String LOCK_TIMEOUT_SET = "SET LOCAL lock_timeout = '10s'";

  /// Until the end of the transaction, for one that migrates this database at a time.
  public static final String TURN_TAKE =
      "SELECT pg_advisory_xact_lock(hashtext('holdfast.stock_scripts'))";

  public static final String SCHEMA_EXISTS = "SELECT to_regnamespace('holdfast') IS NOT NULL";

  public static final String TABLES_EXIST = "SELECT to_regclass('holdfast.items') IS NOT NULL";

  public static final String RECORD_EXISTS =
      "SELECT to_regclass('holdfast.stock_scripts') IS NOT NULL";

  public static final String SCHEMA_CREATE = "CREATE SCHEMA holdfast";

  public static final String RECORD_CREATE =
      """
      CREATE TABLE holdfast.stock_scripts (
          script     text COLLATE "C" NOT NULL,
          applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
          CONSTRAINT stock_scripts_pk PRIMARY KEY (script)
      )""";

  public static final String SCRIPTS_READ = "SELECT script FROM holdfast.stock_scripts";

  public static final String SCRIPT_INSERT =
      "INSERT INTO holdfast.stock_scripts (script) VALUES (?)";

  private final Connection connection;

  private Migration(Connection connection) {
    this.connection = connection;
  }

  /// @return what was applied
  public static List<Script> run(DataSource owner) throws SQLException {
    try (Borrowed borrowed = Borrowed.from(owner)) {
      List<Script> applied = new Migration(borrowed.connection()).apply(Scripts.all());
      borrowed.connection().commit();
      return applied;
    }
  }

  private List<Script> apply(List<Script> scripts) throws SQLException {
    execute(LOCK_TIMEOUT_SET);
    execute(TURN_TAKE);
    Set<String> done = isTrue(RECORD_EXISTS) ? done() : begin();
    Set<String> unknown = new TreeSet<>(done);
    scripts.forEach(script -> unknown.remove(script.name()));
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "the schema holdfast is newer than this program: it has " + String.join(", ", unknown));
    }
    List<Script> left = scripts.stream().filter(script -> !done.contains(script.name())).toList();
    for (Script script : left) {
      execute(script.sql());
      note(script);
    }
    return left;
  }

  private Set<String> begin() throws SQLException {
    if (isTrue(TABLES_EXIST)) {
      throw new IllegalStateException(
          "the schema holdfast was made by another tool: let that one bring it up to date");
    }
    if (!isTrue(SCHEMA_EXISTS)) {
      execute(SCHEMA_CREATE);
    }
    execute(RECORD_CREATE);
    return Set.of();
  }

  private Set<String> done() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SCRIPTS_READ)) {
      Set<String> done = new TreeSet<>();
      while (rows.next()) {
        done.add(rows.getString(1));
      }
      return done;
    }
  }

  private void note(Script script) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SCRIPT_INSERT)) {
      insert.setString(1, script.name());
      insert.executeUpdate();
    }
  }

  private boolean isTrue(String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    }
  }

  /// As it stands: a brace in a script is no escape of JDBC's.
  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
