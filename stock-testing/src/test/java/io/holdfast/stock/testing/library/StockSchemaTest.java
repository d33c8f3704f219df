package io.holdfast.stock.testing.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.StockSchema;
import io.holdfast.stock.StockSchema.Script;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Bringing the tables up to date without a tool.
class StockSchemaTest {
  private static final Path FOLDER =
      Path.of("..", "stock", "src", "main", "resources", "io/holdfast/stock/schema");

  private final List<Script> scripts = StockSchema.scripts();

  @Test
  void knowsEveryScriptThereIs() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(
          files.map(file -> file.getFileName().toString()).sorted().toList(),
          scripts.stream().map(Script::name).toList());
    }
  }

  @Test
  void makesTheTablesOnce() throws SQLException {
    TestDatabase database = empty("once");
    assertEquals(scripts, StockSchema.migrate(database.owner()));
    assertEquals(List.of(), StockSchema.migrate(database.owner()));
    assertWhole(database);
  }

  @Test
  void ofManyAtOnceOneMakesThem() throws Exception {
    TestDatabase database = empty("many");
    List<Script> applied = new ArrayList<>();
    try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
      Callable<List<Script>> migrate = () -> StockSchema.migrate(database.owner());
      for (Future<List<Script>> one :
          nodes.invokeAll(List.of(migrate, migrate, migrate, migrate))) {
        applied.addAll(one.get());
      }
    }
    assertEquals(scripts, applied);
    assertWhole(database);
  }

  @Test
  void appliesWhatAnOlderVersionDidNotHave() throws SQLException {
    TestDatabase database = empty("older");
    StockSchema.migrate(database.owner());
    try (Connection owner = database.connectAsOwner()) {
      execute(owner, "DROP SCHEMA holdfast CASCADE");
      execute(owner, "CREATE SCHEMA holdfast");
      execute(owner, "CREATE TABLE holdfast.stock_scripts (script text, applied_at timestamptz)");
      execute(owner, scripts.getFirst().sql());
      execute(
          owner,
          "INSERT INTO holdfast.stock_scripts VALUES ('" + scripts.getFirst().name() + "', now())");
    }
    assertEquals(scripts.subList(1, scripts.size()), StockSchema.migrate(database.owner()));
    assertWhole(database);
  }

  @Test
  void leavesTablesAloneThatAnotherToolMade() throws SQLException {
    TestDatabase database = empty("others");
    try (Connection owner = database.connectAsOwner()) {
      execute(owner, "CREATE SCHEMA holdfast");
      execute(owner, scripts.getFirst().sql());
    }
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> StockSchema.migrate(database.owner()));
    assertTrue(String.valueOf(thrown.getMessage()).contains("another tool"));
    assertFalse(exists(database, "to_regclass('holdfast.stock_scripts')"));
  }

  @Test
  void leavesTablesAloneThatALaterVersionMade() throws SQLException {
    TestDatabase database = empty("later");
    StockSchema.migrate(database.owner());
    try (Connection owner = database.connectAsOwner()) {
      execute(owner, "INSERT INTO holdfast.stock_scripts VALUES ('V999__later.sql')");
    }
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> StockSchema.migrate(database.owner()));
    assertTrue(String.valueOf(thrown.getMessage()).contains("V999__later.sql"));
  }

  @Test
  void makesAllOfThemOrNothing() throws SQLException {
    TestDatabase database = empty("nothing");
    try (HikariDataSource powerless = database.pool(1)) {
      assertThrows(SQLException.class, () -> StockSchema.migrate(powerless));
    }
    assertFalse(exists(database, "to_regnamespace('holdfast')"));
    try (Connection owner = database.connectAsOwner()) {
      execute(owner, "CREATE SCHEMA holdfast");
      execute(owner, "CREATE TABLE holdfast.movements (in_the_way boolean)");
    }
    assertThrows(SQLException.class, () -> StockSchema.migrate(database.owner()));
    assertFalse(exists(database, "to_regclass('holdfast.items')"));
  }

  private static TestDatabase empty(String name) throws SQLException {
    return TestDatabase.shared().empty("schema_" + name);
  }

  private static void assertWhole(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      assertEquals(List.of(), StockVerifier.create().verifySchema(connection));
    }
  }

  private static boolean exists(TestDatabase database, String name) throws SQLException {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + name + " IS NOT NULL")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
