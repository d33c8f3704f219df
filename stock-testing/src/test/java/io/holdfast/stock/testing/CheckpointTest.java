package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.StockCheckpoints;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A ledger that was rewritten so well that all of it fits again no longer has what was signed.
class CheckpointTest {
  private final StockCheckpoints checkpoints = StockCheckpoints.create();
  private final TestDatabase database = TestDatabase.shared();
  private final KeyPair key = newKey();
  private StockEngine engine;
  private Shop shop;

  /// Filled in by [#open()], which runs before each test.
  @SuppressWarnings("NullAway.Init")
  CheckpointTest() {}

  @BeforeEach
  void open() throws SQLException {
    engine = StockEngine.open(database.pool(), EngineSettings.of(Control.COMBINED));
    shop = new Shop(engine, database.pool(), database.newTenant()).stocks("tea", 5);
    shop.outcome(purchase(Line.of("tea", 1)));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void statesWhatTheLedgerHasComeTo() throws SQLException {
    shop.stocks("cup", 3);
    Checkpoint.Statement first = made().statement();
    assertEquals(List.of(1L, 2L, 3L), numbers(first));
    shop.outcome(purchase(Line.of("cup", 1)));
    Checkpoint.Statement second = made().statement();
    assertEquals(List.of(2L, 2L, 4L), numbers(second));
    assertEquals(List.of(), differences(Set.of(key.getPublic())));
  }

  private static List<Long> numbers(Checkpoint.Statement statement) {
    return List.of(statement.number(), statement.levels(), statement.movements());
  }

  @Test
  void statesNothingTwice() throws SQLException {
    made();
    assertEquals(Optional.empty(), make());
    shop.outcome(receive("tea", 1));
    assertEquals(2, made().statement().number());
  }

  @Test
  void findsAHistoryThatWasRewrittenConsistently() throws SQLException {
    made();
    new RewrittenHistory(database, shop.tenant(), "tea").by("mallory");
    List<Difference> found = differences(Set.of());
    assertEquals(List.of("ledger has what a checkpoint states"), checks(found));
    assertEquals("tea/main position 2", found.getFirst().row());
  }

  @Test
  void findsItAlsoWhenWhatWasStatedIsRewrittenAlong() throws SQLException {
    made();
    new RewrittenHistory(database, shop.tenant(), "tea").by("mallory");
    execute(
        "UPDATE checkpoint_heads h SET hash = (SELECT hash FROM movements m WHERE m.tenant_id ="
            + " h.tenant_id AND m.sku = h.sku AND m.position = h.position) WHERE tenant_id = ");
    assertEquals(
        List.of("checkpoint.changes_hash", "checkpoint.heads_hash"), checks(differences(Set.of())));
  }

  @Test
  void findsItAlsoWhenAllOfItIsSignedAnewWithAnotherKey() throws SQLException {
    made();
    new RewrittenHistory(database, shop.tenant(), "tea").by("mallory");
    execute("DELETE FROM checkpoints WHERE tenant_id = ");
    execute("DELETE FROM checkpoint_heads WHERE tenant_id = ");
    assertTrue(make(newKey()).isPresent());
    assertEquals(List.of(), differences(Set.of()), "nothing is left to see it by, but the key");
    assertEquals(
        List.of("checkpoint is signed by a trusted key"),
        checks(differences(Set.of(key.getPublic()))));
  }

  @Test
  void staysTrueWhileStockMoves() throws SQLException {
    made();
    shop.outcome(purchase(Line.of("tea", 2)));
    made();
    shop.outcome(purchase(Line.of("tea", 2)));
    assertEquals(List.of(), differences(Set.of(key.getPublic())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE FROM checkpoints WHERE number = 1 AND | checkpoint.number
          DELETE FROM checkpoints WHERE number = 2 AND | checkpoint.number
          UPDATE checkpoints SET number = 3 WHERE number = 2 AND | checkpoint.number
          UPDATE checkpoints SET levels = 9 WHERE number = 2 AND | checkpoint.levels
          UPDATE checkpoints SET levels = 9 WHERE number = 1 AND | checkpoint.signature
          UPDATE checkpoints SET movements = 9 WHERE number = 2 AND | checkpoint.movements
          UPDATE checkpoints SET made_at = 'infinity' WHERE | checkpoint.signature
          UPDATE checkpoints SET heads_hash = '' WHERE number = 2 AND | checkpoint.heads_hash
          UPDATE checkpoints SET changes_hash = '' WHERE | checkpoint.changes_hash
          UPDATE checkpoints SET previous_hash = '' WHERE | checkpoint.previous_hash
          UPDATE checkpoints SET public_key = '' WHERE | checkpoint.signature
          UPDATE checkpoints SET signature = '' WHERE | checkpoint.signature
          UPDATE checkpoint_heads SET position = 1 WHERE number = 1 AND | checkpoint.changes_hash
          UPDATE checkpoint_heads SET sku = 'x' WHERE | ledger has what a checkpoint states
          DELETE FROM checkpoint_heads WHERE number = 1 AND | checkpoint.changes_hash
          DELETE FROM movements WHERE position = 2 AND | ledger has what a checkpoint states
          """)
  void findsWhatWasChangedByHand(String tampering, String check) throws SQLException {
    made();
    shop.outcome(receive("tea", 1));
    made();
    assertEquals(List.of(), differences(Set.of()));
    execute(tampering + " tenant_id = ");
    List<String> checks = checks(differences(Set.of()));
    assertTrue(checks.contains(check), () -> tampering + ": " + checks);
  }

  @ParameterizedTest
  @CsvSource({"checkpoints", "checkpoint_heads"})
  void theApplicationCanNotTakeBackWhatWasStated(String table) throws SQLException {
    made();
    try (Connection application = database.connect();
        Statement statement = application.createStatement()) {
      for (String forbidden : List.of("DELETE FROM holdfast.", "TRUNCATE holdfast.")) {
        SQLException refused =
            assertThrows(SQLException.class, () -> statement.execute(forbidden + table));
        assertEquals("42501", refused.getSQLState(), forbidden);
      }
    }
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      SQLException refused =
          assertThrows(
              SQLException.class, () -> statement.execute("DELETE FROM holdfast." + table));
      assertEquals("23001", refused.getSQLState(), "not even by whoever may do everything");
    }
  }

  private Optional<Checkpoint> make() throws SQLException {
    return make(key);
  }

  private Optional<Checkpoint> make(KeyPair with) throws SQLException {
    try (Connection connection = database.connect()) {
      return checkpoints.make(connection, shop.tenant(), with);
    }
  }

  private Checkpoint made() throws SQLException {
    return make().orElseThrow();
  }

  private List<Difference> differences(Set<PublicKey> trusted) throws SQLException {
    try (Connection connection = database.connect()) {
      return StockVerifier.trusting(trusted).verifyTenant(connection, shop.tenant());
    }
  }

  private static List<String> checks(List<Difference> differences) {
    return differences.stream().map(Difference::check).toList();
  }

  /// Without triggers, as one may who owns the tables.
  private void execute(String tampering) throws SQLException {
    TenantId tenant = shop.tenant();
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("SET session_replication_role = replica; SET search_path = holdfast");
      statement.execute(tampering + tenant.value());
    }
  }

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
