package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.ArchiveObserver;
import io.holdfast.stock.ArchiveSettings;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.ItemView;
import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.MovementPaging.Order;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.Retention;
import io.holdfast.stock.RetentionView;
import io.holdfast.stock.RetentionView.Archived;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockArchiver;
import io.holdfast.stock.StockCheckpoints;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes into the archive and what stays, and that all of it is still proven. Nobody waits a
/// day in a test: on this database, which is its own, a tenant may choose no day at all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiverTest {
  private static final Sku TEA = new Sku("tea");
  private static final Retention A_DAY = new Retention(1, 1, 1);
  private static final List<String> CONSTRAINTS =
      List.of("retentions_keys_days", "retentions_reservations_days", "retentions_movements_days");

  private static final ArchiveSettings ON =
      ArchiveSettings.usual()
          .with()
          .interval(Duration.ofMillis(10))
          .rowsPerStep(3)
          .busyPercent(100)
          .build();

  private final StockRegister register = StockRegister.create();
  private final StockVerifier verifier = StockVerifier.create();
  private final StockCheckpoints checkpoints = StockCheckpoints.create();
  private final KeyPair key = newKey();
  private TestDatabase database;
  private StockEngine engine;
  private Shop shop;

  /// Filled in before the tests and before each.
  @SuppressWarnings("NullAway.Init")
  ArchiverTest() {}

  @BeforeAll
  void create() throws SQLException {
    database = TestDatabase.shared().beside("archived");
    for (String constraint : CONSTRAINTS) {
      tamper("ALTER TABLE retentions DROP CONSTRAINT " + constraint);
    }
    EngineSettings settings =
        EngineSettings.of(Control.COMBINED).with().sweepInterval(Duration.ZERO).build();
    engine = StockEngine.open(database.pool(), settings);
  }

  @AfterAll
  void closeAll() {
    engine.close();
    database.pool().close();
  }

  @BeforeEach
  void open() throws SQLException {
    shop = new Shop(engine, database.pool(), database.newTenant());
    shop.stocks("tea", 100);
  }

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  record Traded(ReservationId held, ReservationId committed, ReservationId released) {}

  /// Ten movements after the first one, the last of which nothing comes after; and one reservation
  /// in every state but expired.
  private Traded trade() {
    ReservationId held = shop.reserved(Line.of("tea", 5));
    ReservationId committed = shop.reserved(Line.of("tea", 2));
    ReservationId released = shop.reserved(Line.of("tea", 3));
    shop.answer(new Command.Commit(committed), shop.call("commit"));
    shop.answer(new Command.Release(released), shop.call("release"));
    shop.answer(receive("tea", 10), shop.call("receive"));
    shop.outcome(new Command.SetSafetyStock(TEA, LocationId.MAIN, 4, null));
    shop.answer(purchase(Line.of("tea", 1)), shop.call("purchase"));
    shop.outcome(Shop.adjust("tea", -1));
    shop.outcome(receive("tea", 1));
    return new Traded(held, committed, released);
  }

  private void choose(Retention retention) throws SQLException {
    inTransaction(connection -> register.setRetention(connection, shop.tenant(), retention, null));
  }

  /// What the application would not choose: whatever is before this very moment is old.
  private void chooseNoDay(String... columns) throws SQLException {
    choose(new Retention(null, null, null));
    for (String column : columns) {
      tamper("UPDATE retentions SET %s = 0 WHERE tenant_id = %d".formatted(column, tenant()));
    }
    tamper("UPDATE retentions r SET seal = retention_seal(r)");
  }

  private long tenant() {
    return shop.tenant().value();
  }

  private void state() throws SQLException {
    try (Connection connection = database.connect()) {
      assertTrue(checkpoints.make(connection, shop.tenant(), key).isPresent());
    }
  }

  /// Archives what is old now of what the columns are about, and answers what there is by then.
  private Archived archive(String... columns) throws SQLException {
    chooseNoDay(columns);
    pass();
    choose(A_DAY);
    RetentionView view = retention();
    assertNotNull(view.completedAt());
    return view.archived();
  }

  /// Goes through the tenant once at least.
  private void pass() throws SQLException {
    CompletableFuture<Archived> done = new CompletableFuture<>();
    ArchiveObserver observer =
        new ArchiveObserver() {
          @Override
          public void tenantArchived(TenantId tenant, Archived archived, Duration took) {
            if (tenant.equals(shop.tenant())) {
              done.complete(archived);
            }
          }

          @Override
          public void failed(Exception why) {
            done.completeExceptionally(why);
          }
        };
    try (StockArchiver _ =
        StockArchiver.open(database.pool(), ON.with().observer(observer).build())) {
      done.orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  private RetentionView retention() throws SQLException {
    List<RetentionView> views = new ArrayList<>();
    inTransaction(connection -> views.add(register.retention(connection, shop.tenant())));
    return views.getFirst();
  }

  @Test
  void movesWhatIsOldAndAllOfItIsStillProvenAndShown() throws SQLException {
    Traded traded = trade();
    List<MovementView> before = history(Order.OLDEST_FIRST);
    StockCount count = shop.count("tea");
    state();
    assertEquals(
        new Archived(3, 3, 10), archive("keys_days", "reservations_days", "movements_days"));
    assertEquals(1, rows("movements"));
    assertEquals(10, rows("archived_movements"));
    assertEquals(0, rows("idempotency_keys"));
    assertEquals(1, rows("reservations"));
    assertEquals(List.of(), differences());
    assertEquals(count, shop.count("tea"));
    assertEquals(before, history(Order.OLDEST_FIRST));
    assertEquals(before.reversed(), history(Order.NEWEST_FIRST));
    StockReader reader = StockReader.of(database.pool());
    assertEquals(ReservationState.HELD, state(reader, traded.held));
    assertEquals(ReservationState.COMMITTED, state(reader, traded.committed));
    assertEquals(ReservationState.RELEASED, state(reader, traded.released));
    MovementView fourth = before.get(3);
    ItemView then = reader.itemAsOf(shop.tenant(), TEA, fourth.recordedAt()).orElseThrow().item();
    assertEquals(fourth.after(), then.levels().getFirst().count());
  }

  @Test
  void goesOnFromWhereItWas() throws SQLException {
    trade();
    state();
    assertEquals(new Archived(0, 0, 10), archive("movements_days"));
    shop.outcome(receive("tea", 1));
    shop.outcome(receive("tea", 1));
    assertEquals(new Archived(0, 0, 10), archive("movements_days"));
    state();
    assertEquals(new Archived(0, 0, 12), archive("movements_days"));
    assertEquals(List.of(), differences());
  }

  @Test
  void keepsWhatNoCheckpointStates() throws SQLException {
    trade();
    assertEquals(Archived.NOTHING, archive("movements_days"));
  }

  @Test
  void keepsWhatIsNotOldEnough() throws SQLException {
    trade();
    state();
    choose(A_DAY);
    pass();
    assertEquals(Archived.NOTHING, retention().archived());
  }

  @Test
  void movesNothingThatStandsBehindOneThatStays() throws SQLException {
    trade();
    state();
    tamper(
        "UPDATE movements SET recorded_at = recorded_at + interval '1 hour'"
            + " WHERE position = 6 AND tenant_id = "
            + tenant());
    assertEquals(new Archived(0, 0, 5), archive("movements_days"));
  }

  @Test
  void aKeyInTheArchiveIsANewOneUnlessItMadeAReservation() throws SQLException {
    trade();
    assertEquals(new Archived(3, 0, 0), archive("keys_days"));
    Answer received = shop.answer(receive("tea", 10), shop.call("receive"));
    assertFalse(received.replayed());
    assertTrue(shop.answer(purchase(Line.of("tea", 1)), shop.call("purchase")).replayed());
    assertEquals(new Archived(4, 0, 0), archive("keys_days"));
    assertEquals(new Archived(4, 3, 0), archive("keys_days", "reservations_days"));
    assertFalse(shop.answer(purchase(Line.of("tea", 1)), shop.call("purchase")).replayed());
    assertEquals(List.of(), differences());
  }

  @Test
  void aReservationInTheArchiveIsNotDecidedOn() throws SQLException {
    Traded traded = trade();
    archive("reservations_days");
    assertInstanceOf(
        Refusal.UnknownReservation.class,
        shop.outcome(new Command.Return(traded.committed, List.of(), null)));
    assertInstanceOf(Outcome.Committed.class, shop.outcome(new Command.Commit(traded.held)));
    assertEquals(List.of(), differences());
  }

  @Test
  void looksAtEveryRowOfAKey() throws SQLException {
    trade();
    archive("keys_days");
    shop.answer(receive("tea", 10), shop.call("receive"));
    assertEquals(List.of(), differences());
    tamper("UPDATE archived_keys SET seal = NULL WHERE tenant_id = " + tenant());
    assertEquals(3, differences().size());
    tamper("UPDATE idempotency_keys SET seal = NULL WHERE tenant_id = " + tenant());
    assertEquals(4, differences().size());
  }

  @Test
  void aReservationStandsOnce() throws SQLException {
    trade();
    archive("reservations_days");
    tamper(
        "INSERT INTO reservations SELECT * FROM archived_reservations WHERE request_key IS NULL");
    assertTrue(
        differences().stream().anyMatch(each -> each.check().equals("reservation stands once")));
    tamper("DELETE FROM reservations WHERE state <> 'held'");
  }

  /// Whoever may write a checkpoint's head can't make the end of a chain leave.
  @Test
  void keepsTheNewestMovementWhateverAHeadSays() throws SQLException {
    trade();
    tamper(
        "INSERT INTO checkpoint_heads (tenant_id, number, position, sku, location, hash) VALUES"
            + " (%d, 1, 999, 'tea', 'main', '\\x00')".formatted(tenant()));
    assertEquals(Archived.NOTHING, archive("movements_days"));
  }

  @Test
  void saysNothingOfAnotherTenant() throws SQLException {
    trade();
    chooseNoDay("keys_days", "reservations_days", "movements_days");
    long asked = tenant();
    shop = new Shop(engine, database.pool(), database.newTenant());
    inTransaction(
        connection -> {
          assertEquals(0, number(connection, "SELECT archive_keys(%d, 9)".formatted(asked)));
          String reservations =
              "SELECT seen FROM archive_reservations(%d, '%s', 9)".formatted(asked, new UUID(0, 0));
          assertEquals(0, number(connection, reservations));
        });
    tamper("UPDATE retentions SET keys_days = 1 WHERE tenant_id = " + asked);
    tamper("UPDATE retentions r SET seal = retention_seal(r)");
  }

  /// Its movement is in the archive by somebody's hand.
  @Test
  void oneLevelThatFailsKeepsNoOtherWaiting() throws SQLException {
    shop.stocks("cup", 1);
    shop.outcome(receive("cup", 1));
    trade();
    state();
    tamper(
        "INSERT INTO archived_movements SELECT * FROM movements WHERE sku = 'cup' AND position = 1"
            + " AND tenant_id = "
            + tenant());
    chooseNoDay("movements_days");
    try (StockArchiver _ = StockArchiver.open(database.pool(), ON)) {
      Await.until(Duration.ofSeconds(60), () -> rowsOrFail("archived_movements") == 11);
    }
    choose(A_DAY);
    assertNull(retention().completedAt());
    tamper("DELETE FROM archived_movements WHERE sku = 'cup' AND tenant_id = " + tenant());
  }

  private static long number(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL search_path = holdfast");
      try (ResultSet row = statement.executeQuery(question)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /// What one moves while others sell is in neither table twice, and in one of them.
  @Test
  void disturbsNobodyWhoSells() throws SQLException {
    shop.sells("cup").stocks("cup", 10_000);
    chooseNoDay("keys_days", "reservations_days", "movements_days");
    AtomicInteger passes = new AtomicInteger();
    ArchiveObserver observer =
        new ArchiveObserver() {
          @Override
          public void tenantArchived(TenantId tenant, Archived archived, Duration took) {
            passes.incrementAndGet();
          }
        };
    ArchiveSettings settings = ON.with().rowsPerStep(50).observer(observer).build();
    int sold = 0;
    try (StockArchiver _ = StockArchiver.open(database.pool(), settings);
        StockArchiver _ = StockArchiver.open(database.pool(), settings)) {
      for (int round = 0; round < 20 || passes.get() < 5; round++) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
          String name = "order-" + round + "-" + i;
          answers.add(shop.submit(purchase(Line.of("cup", 1)), shop.call(name)));
          answers.add(shop.submit(receive("tea", 1), shop.call(name)));
        }
        answers.forEach(CompletableFuture::join);
        sold += 30;
        state();
        assertEquals(List.of(), differences());
      }
    }
    assertEquals(10_000 - sold, shop.count("cup").onHand());
    assertEquals(100 + sold, shop.count("tea").onHand());
    archive("reservations_days");
    assertEquals(sold, rows("archived_reservations"));
    assertEquals(List.of(), differences());
  }

  /// Rows are moved and read as they stand.
  @ParameterizedTest
  @CsvSource({
    "idempotency_keys, archived_keys",
    "reservations, archived_reservations",
    "movements, archived_movements"
  })
  void anArchiveHasTheColumnsOfItsTableInTheirOrder(String table, String archive)
      throws SQLException {
    assertEquals(columns(table), columns(archive));
  }

  private List<String> columns(String table) throws SQLException {
    String question = "SELECT * FROM holdfast.%s LIMIT 0".formatted(table);
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement();
        ResultSet none = statement.executeQuery(question)) {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        columns.add(
            none.getMetaData().getColumnName(i) + " " + none.getMetaData().getColumnTypeName(i));
      }
      return columns;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"movements", "reservations", "idempotency_keys", "archived_movements"})
  void theApplicationCanDeleteNothing(String table) throws SQLException {
    inTransaction(
        connection ->
            assertThrows(
                SQLException.class, () -> execute(connection, "DELETE FROM holdfast." + table)));
  }

  @Test
  void theArchiveIsOnlyAddedTo() throws SQLException {
    try (Connection owner = database.connectAsOwner()) {
      assertThrows(
          SQLException.class, () -> execute(owner, "DELETE FROM holdfast.archived_movements"));
    }
  }

  @Test
  void aTenantChoosesAgainOnlyWhatItHasSeen() throws SQLException {
    RetentionView first = retention();
    assertEquals(Retention.FOR_EVER, first.retention());
    assertEquals(0, first.version());
    assertNull(first.completedAt());
    inTransaction(
        connection -> {
          TenantId tenant = shop.tenant();
          assertFalse(register.setRetention(connection, tenant, A_DAY, 3L));
          assertTrue(register.setRetention(connection, tenant, A_DAY, 0L));
          assertFalse(register.setRetention(connection, tenant, Retention.FOR_EVER, 0L));
          assertTrue(register.setRetention(connection, tenant, new Retention(2, null, 7), 1L));
        });
    RetentionView second = retention();
    assertEquals(new Retention(2, null, 7), second.retention());
    assertEquals(2, second.version());
    assertEquals(List.of(), differences());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 3_661})
  void nobodyChoosesNoDayOrTooMany(int days) {
    assertThrows(IllegalArgumentException.class, () -> new Retention(days, null, null));
    assertThrows(IllegalArgumentException.class, () -> new Retention(null, days, null));
    assertThrows(IllegalArgumentException.class, () -> new Retention(null, null, days));
  }

  private ReservationState state(StockReader reader, ReservationId id) {
    return reader.reservation(shop.tenant(), id).orElseThrow().state();
  }

  private List<MovementView> history(Order order) {
    MovementPaging paging = MovementPaging.first(order, 100);
    LevelHistory found =
        StockReader.of(database.pool()).movements(shop.tenant(), TEA, LocationId.MAIN, paging);
    return assertInstanceOf(LevelHistory.Page.class, found).movements();
  }

  private List<Difference> differences() throws SQLException {
    try (Connection connection = database.connect()) {
      List<Difference> differences =
          new ArrayList<>(verifier.verifyTenant(connection, shop.tenant()));
      differences.addAll(checkpoints.verify(connection, shop.tenant(), Set.of(key.getPublic())));
      return differences;
    }
  }

  @FunctionalInterface
  private interface Work {
    void on(Connection connection) throws SQLException;
  }

  private void inTransaction(Work work) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      register.setTenant(connection, shop.tenant());
      work.on(connection);
      connection.commit();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long rows(String table) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM holdfast.%s WHERE tenant_id = %d"
                    .formatted(table, tenant()))) {
      row.next();
      return row.getLong(1);
    }
  }

  private long rowsOrFail(String table) {
    try {
      return rows(table);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// Past all triggers.
  private void tamper(String sql) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("SET session_replication_role = replica; SET search_path = holdfast");
      statement.execute(sql);
    }
  }
}
