package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody changes behind the engine's back is found, and by which check.
class VerifierTest {
  private final TestDatabase database = TestDatabase.shared();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE movements SET actor = 'mallory' WHERE position = 2 | movement.hash
          UPDATE movements SET recorded_at = now() WHERE position = 3 | movement.hash
          DELETE FROM movements WHERE position = 2 | movement.position
          UPDATE movements SET on_hand_after = 9 WHERE position = 1 | movement.on_hand_after
          UPDATE stock_levels SET on_hand = on_hand + 1 | level is its newest movement
          DELETE FROM movements WHERE position = 3 | level is its newest movement
          UPDATE stock_levels SET reserved = 0 | reserved is what held reservations claim
          DELETE FROM reservations WHERE state = 'held' | reserved is what held reservations claim
          UPDATE reservations SET quantities = '{3}' | reservation is what its movements add up to
          DELETE FROM reservations | reservation is what its movements add up to
          UPDATE movements SET sku = '' WHERE position = 3 | movement.position
          UPDATE movements SET sku = concat(' a', chr(10)) WHERE position = 3 | movement.hash
          UPDATE movements SET location = repeat('x', 99) WHERE position = 3 | movement.hash
          UPDATE movements SET recorded_at = 'infinity' WHERE position = 3 | movement.hash
          UPDATE movements SET hash = '' WHERE position = 2 | movement.hash
          UPDATE movements SET on_hand_change = 9223372036854775807 | movement.on_hand_after
          UPDATE reservations SET skus = '{""}' | reservation names items
          UPDATE reservations SET locations = '{NULL}' | reservation names items
          UPDATE reservations SET quantities = '{9223372036854775807}', customer = chr(10) | \
          reservation is what its movements add up to
          """)
  void findsWhatWasChangedBehindItsBack(String tampering, String check) throws SQLException {
    TenantId tenant = database.newTenant();
    try (StockEngine engine =
        StockEngine.open(database.pool(), EngineSettings.of(Control.COMBINED))) {
      Shop shop = new Shop(engine, database.pool(), tenant).stocks("tea", 5);
      shop.outcome(purchase(Line.of("tea", 1)));
      shop.reserved(Line.of("tea", 2));
    }
    assertEquals(List.of(), differences(tenant));
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      // Without triggers, and no other tenant's rows.
      statement.execute("SET session_replication_role = replica; SET search_path = holdfast");
      String where = tampering.contains("WHERE") ? " AND " : " WHERE ";
      statement.execute(tampering + where + "tenant_id = " + tenant.value());
    }
    List<String> checks = differences(tenant).stream().map(Difference::check).toList();
    assertTrue(
        checks.contains(check),
        () -> tampering + ": " + checks.stream().collect(Collectors.joining(", ")));
  }

  private List<Difference> differences(TenantId tenant) throws SQLException {
    try (Connection connection = database.connect()) {
      return StockVerifier.create().verifyTenant(connection, tenant);
    }
  }
}
