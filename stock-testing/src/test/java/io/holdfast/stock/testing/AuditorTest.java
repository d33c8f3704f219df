package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.AuditObserver;
import io.holdfast.stock.AuditSettings;
import io.holdfast.stock.AuditStanding;
import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.CheckpointSchedule;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.Customer;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.Reason;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockAuditor;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFindings;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.TenantStanding;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an auditor finds and what comes of it. On a database of its own, since it goes round all
/// tenants that there are.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditorTest {
  private static final Sku TEA = new Sku("tea");
  private static final Sku CUP = new Sku("cup");
  private static final Duration NEVER = Duration.ofDays(20);

  /// Recomputes everything only where it has never been.
  private static final AuditSettings ON =
      AuditSettings.usual()
          .with()
          .interval(Duration.ofMillis(20))
          .fullInterval(NEVER)
          .rowsPerStep(3)
          .busyPercent(100)
          .build();

  private static final AuditSettings FULL = ON.with().fullInterval(Duration.ofMillis(1)).build();

  private TestDatabase database;
  private StockEngine engine;
  private Shop shop;

  /// Filled in before the tests and before each.
  @SuppressWarnings("NullAway.Init")
  AuditorTest() {}

  @BeforeAll
  void create() throws SQLException {
    database = TestDatabase.shared().beside("audited");
    EngineSettings settings =
        EngineSettings.of(Control.COMBINED).with().sweepInterval(Duration.ZERO).build();
    engine = StockEngine.open(database.pool(), settings);
  }

  @AfterAll
  void closeAll() {
    engine.close();
    database.pool().close();
  }

  /// Sold, held, and with a safety stock, at two locations; and audited once.
  @BeforeEach
  void trade() throws SQLException {
    shop = new Shop(engine, database.pool(), database.newTenant());
    shop.stocks("tea", 9).stocksAt("depot", 200, "tea", 5).stocks("cup", 5);
    shop.outcome(new Command.SetSafetyStock(TEA, LocationId.MAIN, 1, null));
    shop.outcome(purchase(Line.of("tea", 1)));
    shop.reserved(Line.of("tea", 2));
    AuditNotes notes = audit(ON);
    assertEquals(List.of(new AuditNotes.Audit(shop.tenant(), 3, true)), firstOf(notes));
    assertEquals(List.of(), notes.checks());
    assertEquals(List.of(), notes.quarantined());
  }

  /// Somebody's leftovers would be found by the next test's auditor.
  @AfterEach
  void forget() throws SQLException {
    tamper("DELETE FROM locations WHERE");
    tamper("DELETE FROM audits WHERE");
    tamper("DELETE FROM findings WHERE");
    tamper("DELETE FROM quarantines WHERE");
  }

  private AuditNotes audit(AuditSettings settings) {
    AuditNotes notes = AuditNotes.of(database.pool(), settings, shop.tenant());
    assertEquals(List.of(), notes.failed());
    return notes;
  }

  private List<AuditNotes.Audit> firstOf(AuditNotes notes) {
    return notes.audits(shop.tenant()).subList(0, 1);
  }

  @Test
  void goesOnWhereTheLastRoundEnded() throws SQLException {
    shop.outcome(purchase(Line.of("tea", 1)));
    assertEquals(false, firstOf(audit(ON)).getFirst().isFull());
    assertEquals(
        List.of("cup/main 1", "tea/depot 1", "tea/main 5"),
        texts("SELECT concat(sku, '/', location, ' ', position) FROM audit_marks WHERE"));
    assertEquals(true, firstOf(audit(FULL)).getFirst().isFull());
  }

  @Test
  void saysWhatAllAuditsHaveComeTo() throws SQLException {
    tamper("UPDATE stock_levels SET on_hand = 77 WHERE sku = 'tea' AND location = 'main' AND");
    audit(ON);
    AuditStanding standing = audit(ON).rounds().getFirst().standing();
    assertEquals(1, standing.tenants());
    assertEquals(3, standing.levels());
    assertEquals(1, standing.quarantined());
    assertEquals(0, standing.findings());
    assertTrue(standing.oldestAuditAt().isPresent());
  }

  @Test
  void saysWhatTheAuditsOfOneTenantHaveComeTo() throws SQLException {
    tamper("UPDATE stock_levels SET on_hand = 77 WHERE sku = 'tea' AND location = 'main' AND");
    audit(ON);
    TenantStanding standing = standing(shop.tenant());
    assertEquals(3, standing.levels());
    assertEquals(1, standing.quarantined());
    assertEquals(0, standing.findings());
    assertTrue(standing.auditedAt().orElseThrow().isAfter(standing.fullyAuditedAt().orElseThrow()));
    TenantStanding never = new TenantStanding(0, Optional.empty(), Optional.empty(), 0, 0);
    assertEquals(never, standing(new TenantId(987_654_321)));
  }

  private TenantStanding standing(TenantId tenant) throws SQLException {
    try (Connection connection = database.pool().getConnection()) {
      connection.setAutoCommit(false);
      StockRegister.create().setTenant(connection, tenant);
      TenantStanding standing = StockFindings.create().standing(connection, tenant);
      connection.rollback();
      return standing;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE stock_levels SET on_hand = 77 WHERE | on_hand is 77, and by the ledger 8
          UPDATE stock_levels SET reserved = 0 WHERE | \
          reserved is 0, and by the ledger 2; reserved is 0, and by the held reservations 2
          UPDATE stock_levels SET safety_stock = 0 WHERE | safety_stock is 0, and by the ledger 1
          UPDATE stock_levels SET version = 9 WHERE | version is 9, and by the ledger 4
          UPDATE stock_levels SET chain_hash = '' WHERE | \
          chain_hash is not that of its newest movement
          DELETE FROM movements WHERE position = 4 AND | \
          reserved is 2, and by the ledger 0; version is 4, and by the ledger 3; \
          chain_hash is not that of its newest movement
          UPDATE reservations SET quantities = '{1}' WHERE state = 'held' AND | \
          reserved is 2, and by the held reservations 1
          UPDATE reservations SET state = 'released', ended_at = now() WHERE state = 'held' AND | \
          reserved is 2, and by the held reservations 0
          DELETE FROM reservations WHERE state = 'held' AND | \
          reserved is 2, and by the held reservations 0
          """)
  void aLevelThatDriftedIsNotSoldFromUntilItIsCorrected(String tampering, String reason)
      throws SQLException {
    String one =
        tampering.contains("reservations")
            ? tampering
            : tampering + " sku = 'tea' AND location = 'main' AND";
    tamper(one);
    assertEquals(List.of("tea/main: " + reason), audit(ON).quarantined());
    Refusal.LevelQuarantined refused =
        assertInstanceOf(Refusal.LevelQuarantined.class, shop.outcome(purchase(atMain(1))));
    assertEquals(reason, refused.reason());
    assertInstanceOf(Outcome.Purchased.class, shop.outcome(purchase(Line.of("cup", 1))));
    assertEquals(List.of(), audit(ON).quarantined(), "once is enough");
    Command correct = new Command.Correct(TEA, LocationId.MAIN, 8, new Reason("counted"));
    assertInstanceOf(Outcome.Corrected.class, shop.outcome(correct));
    assertInstanceOf(Outcome.Purchased.class, shop.outcome(purchase(atMain(1))));
    assertEquals(List.of(), audit(ON).quarantined(), "it is right again");
    assertEquals(
        List.of(reason + ", tester: counted"),
        texts(
            "SELECT concat(reason, ', ', released_by, ': ', release_reason) FROM quarantines"
                + " WHERE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE reservations SET customer = 'x' WHERE state = 'held' AND | reservation.seal | \
          UPDATE reservations SET customer = NULL WHERE state = 'held' AND
          UPDATE items SET tracked = false WHERE sku = 'cup' AND | item.seal | \
          UPDATE items SET tracked = true WHERE sku = 'cup' AND
          UPDATE movements SET actor = 'mallory' WHERE position = 2 AND | movement.hash | \
          UPDATE movements SET actor = 'tester' WHERE position = 2 AND
          UPDATE movements SET position = -2 WHERE position = 2 AND | movement.position | \
          UPDATE movements SET position = 2 WHERE position = -2 AND
          UPDATE items SET tracked = false WHERE sku = 'cup' AND | \
          level names an item and a location | \
          UPDATE items SET tracked = true WHERE sku = 'cup' AND
          UPDATE reservations SET skus = '{x}' WHERE state = 'committed' AND | \
          reservation names items | \
          UPDATE reservations SET skus = '{tea}' WHERE state = 'committed' AND
          UPDATE reservations SET quantities = '{3}' WHERE state = 'committed' AND | \
          movement has its reservation | \
          UPDATE reservations SET quantities = '{1}' WHERE state = 'committed' AND
          INSERT INTO archived_reservations SELECT * FROM reservations WHERE | \
          reservation stands once | DELETE FROM archived_reservations WHERE
          UPDATE reservations SET tenant_id = -tenant_id WHERE state = 'committed' AND | \
          movement has its reservation | \
          UPDATE reservations SET tenant_id = -tenant_id WHERE -
          UPDATE stock_levels SET tenant_id = -tenant_id WHERE sku = 'cup' AND | level is there | \
          UPDATE stock_levels SET tenant_id = -tenant_id WHERE -
          """)
  void whatNoCorrectionHelpsIsKeptUntilItIsGone(String tampering, String check, String undoing)
      throws SQLException {
    tamper(tampering);
    AuditNotes first = audit(FULL);
    assertTrue(first.checks().contains(check), () -> check + " in " + first.checks());
    assertEquals(List.of(), audit(FULL).checks(), "told once");
    assertTrue(open().contains(check));
    tamper(undoing);
    audit(FULL);
    assertEquals(List.of(), open());
    tamper(tampering);
    assertTrue(audit(FULL).checks().contains(check), "and told again when it comes back");
    tamper(undoing);
  }

  @Test
  void aQuarantineThatSomebodyTookBackIsToldAndThereAgain() throws SQLException {
    tamper("UPDATE stock_levels SET on_hand = 77 WHERE sku = 'cup' AND");
    String reason = "on_hand is 77, and by the ledger 5";
    assertEquals(List.of("cup/main: " + reason), audit(ON).quarantined());
    tamper("UPDATE stock_levels SET quarantined_at = NULL, quarantine_reason = NULL WHERE");
    AuditNotes notes = audit(ON);
    assertEquals(List.of("level is quarantined as is recorded"), notes.checks());
    assertEquals(List.of("cup/main: " + reason), notes.quarantined());
    assertInstanceOf(Refusal.LevelQuarantined.class, shop.outcome(purchase(Line.of("cup", 1))));
    Command correct = new Command.Correct(CUP, LocationId.MAIN, 5, new Reason("counted"));
    assertInstanceOf(Outcome.Corrected.class, shop.outcome(correct));
    assertEquals(List.of("counted"), texts("SELECT release_reason FROM quarantines WHERE"));
    audit(FULL);
    assertEquals(List.of(), open());
  }

  @Test
  void aQuarantinedLevelIsKeptAsItWasFound() throws SQLException {
    tamper("UPDATE stock_levels SET on_hand = 77 WHERE sku = 'cup' AND");
    assertEquals(List.of(), audit(ON).checks());
    tamper("UPDATE stock_levels SET on_hand = 78 WHERE sku = 'cup' AND");
    assertEquals(List.of("level is quarantined as is recorded"), audit(ON).checks());
    tamper("UPDATE stock_levels SET on_hand = 77 WHERE sku = 'cup' AND");
  }

  @Test
  void whatLeftForAnotherLocationHasToComeThere() throws SQLException {
    LocationId depot = new LocationId("depot");
    shop.outcome(new Command.Transfer(TEA, depot, LocationId.MAIN, 2, null));
    shop.outcome(new Command.Transfer(TEA, LocationId.MAIN, depot, 1, null));
    assertEquals(List.of(), audit(FULL).checks());
    String change = "UPDATE movements SET on_hand_change = %d WHERE on_hand_change = %d AND";
    String one = change + " kind = 'transfer' AND location = 'main' AND";
    tamper(one.formatted(3, 2));
    assertTrue(audit(FULL).checks().contains("transfers sum to zero"));
    tamper(one.formatted(2, 3));
  }

  @Test
  void theMovementsOfALevelThatIsGoneAreWalkedAllTheSame() throws SQLException {
    tamper("DELETE FROM stock_levels WHERE sku = 'cup' AND");
    tamper("UPDATE movements SET actor = 'mallory' WHERE sku = 'cup' AND");
    assertTrue(audit(FULL).checks().containsAll(List.of("level is there", "movement.hash")));
  }

  @Test
  void whatCountsForACustomerIsHeldAgainstTheReservations() throws SQLException {
    shop.limits(new PurchaseLimit(CUP, 3, Duration.ofDays(1)));
    shop.outcome(new Command.Purchase(List.of(Line.of("cup", 2)), new Customer("ada")));
    tamper("UPDATE customer_tallies SET claimed_units = '{1}' WHERE");
    assertEquals(
        List.of("what counts as claimed is reserved or sold", "customer_tally.seal"),
        audit(FULL).checks());
  }

  @Test
  void whatWasAuditedIsNotRewrittenUnseen() throws SQLException {
    new RewrittenHistory(database, shop.tenant(), "cup").by("mallory");
    String check = "movement is the one that was audited";
    assertEquals(List.of(check), audit(ON).checks(), "though every hash fits");
    shop.outcome(purchase(Line.of("cup", 1)));
    audit(FULL);
    assertEquals(List.of(check), open(), "a full round does not settle it");
  }

  @Test
  void aLevelThatSomebodyHoldsIsLeftToTheNextRound() throws SQLException {
    tamper("UPDATE stock_levels SET on_hand = 77 WHERE sku = 'cup' AND");
    try (Connection stranger = database.connectAsSuperuser()) {
      shop.hold(stranger, "cup");
      AuditSettings hasty = ON.with().lockTimeout(Duration.ofMillis(50)).build();
      assertEquals(List.of(), audit(hasty).quarantined());
      stranger.rollback();
    }
    assertEquals(List.of("cup/main: on_hand is 77, and by the ledger 5"), audit(ON).quarantined());
  }

  @Test
  void tellsOfASchemaThatWasLoosened() throws SQLException {
    assertEquals(List.of(), audit(ON).rounds().getFirst().schema());
    try (Connection owner = database.connectAsOwner();
        Statement statement = owner.createStatement()) {
      statement.execute("ALTER TABLE holdfast.items ALTER tracked SET DEFAULT false");
      assertEquals(
          List.of("items.tracked"),
          audit(ON).rounds().getFirst().schema().stream().map(each -> each.row()).toList());
      statement.execute("ALTER TABLE holdfast.items ALTER tracked DROP DEFAULT");
    }
  }

  @Test
  void makesACheckpointWhenOneIsDue() throws SQLException {
    KeyPair key = newKey();
    CheckpointSchedule often = new CheckpointSchedule(key, Duration.ofMillis(1), Set.of());
    Checkpoint first = audit(ON.with().checkpoints(often).build()).stated().getFirst();
    assertEquals(1, first.statement().number());
    assertEquals(6, first.statement().movements());
    assertEquals(List.of(), audit(ON.with().checkpoints(often).build()).stated(), "nothing moved");
    shop.outcome(purchase(Line.of("cup", 1)));
    CheckpointSchedule seldom = new CheckpointSchedule(key, NEVER, Set.of());
    assertEquals(List.of(), audit(ON.with().checkpoints(seldom).build()).stated(), "not yet");
    assertEquals(1, audit(ON.with().checkpoints(often).build()).stated().size());
    CheckpointSchedule others = new CheckpointSchedule(newKey(), NEVER, Set.of());
    assertEquals(
        "checkpoint is signed by a trusted key",
        audit(FULL.with().checkpoints(others).build()).checks().getFirst());
    CheckpointSchedule heirs = new CheckpointSchedule(newKey(), NEVER, Set.of(key.getPublic()));
    audit(FULL.with().checkpoints(heirs).build());
    assertEquals(List.of(), open());
  }

  @Test
  void anObserverThatThrowsChangesNothing() throws SQLException, InterruptedException {
    tamper("UPDATE stock_levels SET on_hand = 77 WHERE sku = 'cup' AND");
    CountDownLatch rounds = new CountDownLatch(2);
    AuditObserver clumsy =
        new AuditObserver() {
          @Override
          public void tenantAudited(TenantId tenant, long levels, boolean isFull, Duration took) {
            throw new IllegalStateException("clumsy");
          }

          @Override
          public void quarantined(TenantId tenant, String level, String reason) {
            throw new IllegalStateException("clumsy");
          }

          @Override
          public void roundEnded(List<Difference> schema, AuditStanding standing) {
            rounds.countDown();
            throw new IllegalStateException("clumsy");
          }
        };
    try (StockAuditor _ =
        StockAuditor.open(database.pool(), FULL.with().observer(clumsy).build())) {
      assertTrue(rounds.await(AuditNotes.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
    assertEquals(
        List.of("cup"),
        texts("SELECT sku FROM stock_levels WHERE quarantined_at > '-infinity' AND"));
  }

  private static Line atMain(long quantity) {
    return new Line(TEA, LocationId.MAIN, quantity);
  }

  private List<String> open() throws SQLException {
    return texts("SELECT check_name FROM findings WHERE gone_at IS NULL AND");
  }

  private List<String> texts(String select) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("SET search_path = holdfast");
      List<String> texts = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              select + " tenant_id = " + shop.tenant().value() + " ORDER BY 1")) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    }
  }

  /// By hand, past all triggers.
  private void tamper(String tampering) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("SET session_replication_role = replica; SET search_path = holdfast");
      statement.execute(tampering + " tenant_id = " + shop.tenant().value());
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
