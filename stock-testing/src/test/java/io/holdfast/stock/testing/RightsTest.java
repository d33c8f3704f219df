package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockVerifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the database refuses to do, whoever asks.
class RightsTest {
  private final TestDatabase database = TestDatabase.shared();
  private long tenant;

  @BeforeEach
  void sell() throws SQLException {
    try (StockEngine engine =
        StockEngine.open(database.pool(), EngineSettings.of(Control.COMBINED))) {
      Shop shop = new Shop(engine, database.pool(), database.newTenant()).stocks("tea", 5);
      shop.outcome(purchase(Line.of("tea", 1)));
      shop.reserved(Line.of("tea", 1));
      tenant = shop.tenant().value();
    }
  }

  @Test
  void theSchemaIsWhole() throws SQLException {
    try (Connection connection = database.connect()) {
      assertEquals(List.of(), StockVerifier.create().verifySchema(connection));
    }
  }

  @Test
  void theApplicationCanNotChangeTheLedger() throws SQLException {
    try (Connection application = database.connect()) {
      assertRefused("42501", application, "UPDATE holdfast.movements SET actor = 'nobody'");
      assertRefused("42501", application, "DELETE FROM holdfast.movements");
      assertRefused("42501", application, "TRUNCATE holdfast.movements");
    }
  }

  @Test
  void notEvenTheOwnerChangesTheLedger() throws SQLException {
    for (Connection someone : List.of(database.connectAsOwner(), database.connectAsSuperuser())) {
      try (someone) {
        assertRefused("23001", someone, "UPDATE holdfast.movements SET actor = 'nobody'");
        assertRefused("23001", someone, "DELETE FROM holdfast.movements");
        assertRefused("23001", someone, "TRUNCATE holdfast.movements");
      }
    }
  }

  @Test
  void withoutATenantThereIsNothing() throws SQLException {
    for (Connection someone : List.of(database.connect(), database.connectAsOwner())) {
      try (someone) {
        for (String table : List.of("items", "stock_levels", "reservations", "movements")) {
          assertEquals(0, count(someone, table), table);
        }
      }
    }
  }

  @Test
  void aTenantSeesItsOwnRowsAndWritesNoOthers() throws SQLException {
    try (Connection application = database.connect()) {
      execute(application, "SELECT set_config('holdfast.tenant_id', '" + tenant + "', false)");
      assertEquals(1, count(application, "stock_levels"));
      assertEquals(3, count(application, "movements"));
      assertRefused(
          "42501",
          application,
          "INSERT INTO holdfast.items (tenant_id, sku, tracked) VALUES (999999, 'x', true)");
    }
  }

  @Test
  void theDatabaseItselfRefusesToOversell() throws SQLException {
    try (Connection application = database.connect()) {
      execute(application, "SELECT set_config('holdfast.tenant_id', '" + tenant + "', false)");
      assertRefused("23514", application, "UPDATE holdfast.stock_levels SET reserved = 5");
      assertRefused("23514", application, "UPDATE holdfast.stock_levels SET on_hand = -1");
    }
  }

  private static void assertRefused(String sqlState, Connection connection, String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> execute(connection, sql), sql);
    assertEquals(sqlState, refused.getSQLState(), refused::getMessage);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM holdfast." + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
