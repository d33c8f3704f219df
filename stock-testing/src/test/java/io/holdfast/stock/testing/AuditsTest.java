package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.adjust;
import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static io.holdfast.stock.testing.Shop.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.AuditSettings;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockAuditor;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Auditors beside each other, and beside those who sell. On a database of its own, a fresh one for
/// each test.
class AuditsTest {
  private static final Duration NEVER = Duration.ofDays(20);
  private static final AuditSettings EAGER =
      AuditSettings.usual()
          .with()
          .interval(Duration.ofMillis(1))
          .fullInterval(Duration.ofMillis(50))
          .rowsPerStep(20)
          .busyPercent(100)
          .build();

  private static final String WAITING_COUNT =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'""";

  private static int databases;

  private TestDatabase database;

  /// Filled in by [#create()], which runs before each test.
  @SuppressWarnings("NullAway.Init")
  AuditsTest() {}

  @BeforeEach
  void create() throws SQLException {
    database = TestDatabase.shared().beside("audits_" + ++databases);
  }

  @AfterEach
  void close() {
    database.pool().close();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNPROTECTED", "FENCED_LOCK"})
  void runningSalesNeverLookLikeADifference(Control control) throws SQLException {
    TenantId tenant = database.newTenant();
    AuditNotes notes = new AuditNotes();
    EngineSettings settings = EngineSettings.of(control).with().maxRetries(10_000).build();
    try (StockEngine engine = StockEngine.open(database.pool(), settings)) {
      Shop shop = new Shop(engine, database.pool(), tenant).stocks("tea", 10_000);
      shop.stocksAt("depot", 200, "tea", 10_000).stocks("cup", 10_000);
      try (StockAuditor _ =
          StockAuditor.open(database.pool(), EAGER.with().observer(notes).build())) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 20 || (isAuditedTooSeldom(notes, tenant) && i < 5_000); i++) {
          traffic(shop).forEach(command -> answers.add(shop.submit(command)));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        int before = notes.audits(tenant).size();
        Await.until(AuditNotes.PATIENCE, () -> notes.audits(tenant).size() > before);
      }
    }
    assertEquals(List.of(), notes.failed());
    assertEquals(List.of(), notes.quarantined());
    assertEquals(List.of(), notes.checks());
    assertTrue(notes.audits(tenant).size() > 2, "it was audited while there were sales");
  }

  private static boolean isAuditedTooSeldom(AuditNotes notes, TenantId tenant) {
    return notes.audits(tenant).size() < 3 && notes.failed().isEmpty();
  }

  private static List<Command> traffic(Shop shop) {
    LocationId depot = new LocationId("depot");
    Sku tea = new Sku("tea");
    Command.Commit commit = new Command.Commit(shop.reserved(Line.of("tea", 2)));
    return List.of(
        purchase(Line.of("tea", 1), Line.of("cup", 1)),
        reserve(Line.of("cup", 1)),
        commit,
        receive("tea", 1),
        adjust("cup", -1),
        new Command.Transfer(tea, depot, LocationId.MAIN, 1, null));
  }

  @Test
  void twoAuditorsAuditEachTenantOnce() throws SQLException {
    List<TenantId> tenants = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tenants.add(database.newTenant());
    }
    AuditSettings once = EAGER.with().interval(NEVER).build();
    AuditNotes one = new AuditNotes();
    AuditNotes other = new AuditNotes();
    try (StockAuditor _ = StockAuditor.open(database.pool(), once.with().observer(one).build());
        StockAuditor _ = StockAuditor.open(database.pool(), once.with().observer(other).build())) {
      Await.until(AuditNotes.PATIENCE, () -> !one.rounds().isEmpty() && !other.rounds().isEmpty());
      Await.until(AuditNotes.PATIENCE, () -> audits("completed_at IS NOT NULL") == 5);
    }
    for (TenantId tenant : tenants) {
      assertEquals(1, one.audits(tenant).size() + other.audits(tenant).size(), tenant::toString);
    }
  }

  @Test
  void aTenantThatSomebodyElseAuditsIsLeftToThem() throws SQLException {
    TenantId tenant = database.newTenant();
    TenantId other = database.newTenant();
    execute(
        "INSERT INTO holdfast.audits (tenant_id, holder, held_until) VALUES (%d,"
                .formatted(tenant.value())
            + " gen_random_uuid(), now() + interval '1 hour')");
    AuditNotes notes = AuditNotes.of(database.pool(), EAGER, other);
    assertEquals(List.of(), notes.audits(tenant));
    execute("UPDATE holdfast.audits SET held_until = now()");
    assertFalse(AuditNotes.of(database.pool(), EAGER, tenant).audits(tenant).isEmpty());
  }

  @Test
  void anAuditorThatIsClosedLeavesItsTenantToOthersAtOnce() throws SQLException {
    TenantId tenant = database.newTenant();
    try (StockEngine engine =
        StockEngine.open(database.pool(), EngineSettings.of(Control.COMBINED))) {
      Shop shop = new Shop(engine, database.pool(), tenant);
      for (int i = 0; i < 40; i++) {
        shop.stocks("item-" + i, 1);
      }
    }
    AuditSettings slow = EAGER.with().rowsPerStep(2).busyPercent(1).build();
    try (StockAuditor _ = StockAuditor.open(database.pool(), slow)) {
      Await.until(AuditNotes.PATIENCE, () -> audits("held_until > now()") == 1);
    }
    assertEquals(0, audits("held_until > now() OR completed_at IS NOT NULL"));
    AuditNotes notes = AuditNotes.of(database.pool(), EAGER, tenant);
    assertEquals(40, notes.audits(tenant).getFirst().levels());
  }

  @Test
  void closingWaitsForNoStatementThatIsKeptWaiting() throws SQLException {
    Shop shop;
    try (StockEngine engine =
        StockEngine.open(database.pool(), EngineSettings.of(Control.COMBINED))) {
      shop = new Shop(engine, database.pool(), database.newTenant()).stocks("tea", 5);
    }
    execute("UPDATE holdfast.stock_levels SET on_hand = 77");
    AuditSettings patient = EAGER.with().lockTimeout(AuditNotes.PATIENCE).build();
    try (Connection stranger = database.connectAsSuperuser()) {
      shop.hold(stranger, "tea");
      try (StockAuditor _ = StockAuditor.open(database.pool(), patient)) {
        Await.until(AuditNotes.PATIENCE, () -> count(WAITING_COUNT) == 1);
      }
      stranger.rollback();
    }
    assertEquals(0, audits("held_until > now()"), "nobody has to wait for the hold to end");
  }

  private long audits(String which) {
    return count("SELECT count(*) FROM holdfast.audits WHERE " + which);
  }

  private long count(String query) {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void execute(String statement) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement executed = superuser.createStatement()) {
      executed.execute(statement);
    }
  }
}
