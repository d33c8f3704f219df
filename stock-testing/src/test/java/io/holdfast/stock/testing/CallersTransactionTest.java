package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Attachment;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant.Place;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockJoiner;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A caller's own transaction is the caller's again afterwards, whatever became of the command that
/// joined it: fit to go on, under the caller's settings, without anything that was not asked for.
class CallersTransactionTest extends StockContract {
  private static final String SETTINGS_READ =
      """
      SELECT string_agg(name || ' = ' || setting, E'\\n' ORDER BY name) FROM (
          SELECT name, setting FROM pg_settings
          UNION ALL
          SELECT 'holdfast.tenant_id',
              coalesce(current_setting('holdfast.tenant_id', true), '')) s""";

  /// Of the caller's.
  private static final String TABLE_CREATE =
      """
      CREATE TABLE IF NOT EXISTS holdfast.test_mine (note text);
      GRANT SELECT, INSERT ON holdfast.test_mine TO holdfast_app;
      TRUNCATE holdfast.test_mine""";

  private static final Duration SHORT = Duration.ofMillis(200);

  private final StockJoiner joiner =
      StockJoiner.of(
          EngineSettings.of(Control.ROW_LOCK)
              .with()
              .lockTimeout(SHORT)
              .participants(List.of(new Notes(Place.BEFORE_STOCK), new Dawdler(Place.LAST)))
              .build());

  private Connection transaction;

  @SuppressWarnings("NullAway.Init")
  CallersTransactionTest() {}

  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }

  @BeforeEach
  void begin() throws SQLException {
    shop().stocks("tea", 10);
    try (Connection owner = database.connectAsOwner()) {
      execute(owner, Notes.TABLE_CREATE);
      execute(owner, TABLE_CREATE);
    }
    transaction = database.connect();
    transaction.setAutoCommit(false);
    execute(transaction, "SET LOCAL lock_timeout = '3s'");
    execute(transaction, "SET LOCAL enable_seqscan = on");
  }

  @AfterEach
  void end() throws SQLException {
    transaction.close();
  }

  @Test
  void handsTheSettingsBackAfterAnEffect() throws SQLException {
    String before = settings(transaction);
    assertTrue(before.contains("lock_timeout = 3000"), before);
    only(Outcome.Purchased.class, joiner.decide(transaction, tea(1), shop().call()).outcome());
    assertEquals(before, settings(transaction));
    transaction.commit();
    assertEquals(9, shop().count("tea").onHand());
  }

  @Test
  void handsTheSettingsBackAfterARefusal() throws SQLException {
    assertUntouched(
        () ->
            only(
                Refusal.InsufficientStock.class,
                joiner.decide(transaction, tea(11), shop().call()).outcome()));
  }

  @Test
  void handsTheSettingsBackAfterARepeatedAnswer() throws SQLException {
    shop().answer(tea(1), shop().call("k"));
    assertUntouched(
        () -> assertTrue(joiner.decide(transaction, tea(1), shop().call("k")).replayed()));
  }

  @Test
  void aRowThatIsHeldLeavesTheTransactionFitToGoOn() throws SQLException {
    try (Connection stranger = database.connectAsSuperuser()) {
      shop().hold(stranger, "tea");
      assertUntouched(
          () -> {
            assertFails(StockFailure.Code.LOCK_NOT_AVAILABLE, shop().call());
            stranger.rollback();
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "stumble"})
  void aParticipantThatFailsLeavesTheTransactionFitToGoOn(String note) throws SQLException {
    assertUntouched(() -> assertFails(StockFailure.Code.UNEXPECTED, with(new Notes.Note(note))));
  }

  @Test
  void anErrorLeavesTheTransactionFitToGoOn() throws SQLException {
    Attachment endless =
        Dawdler.Dawdling.inWrite(
            _ -> {
              throw new StackOverflowError("by the test");
            });
    assertUntouched(
        () ->
            assertThrows(
                StackOverflowError.class, () -> joiner.decide(transaction, tea(1), with(endless))));
  }

  @Test
  void anObjectionLeavesTheTransactionFitToGoOn() throws SQLException {
    assertUntouched(
        () ->
            only(
                Refusal.RefusedByParticipant.class,
                joiner.decide(transaction, tea(1), with(new Notes.Note("no"))).outcome()));
  }

  @Test
  void aParticipantWritesWithTheCaller() throws SQLException {
    joiner.decide(transaction, tea(1), with(new Notes.Note("yes")));
    assertEquals(1, count(transaction, "holdfast.test_notes", shop().tenant()));
    transaction.rollback();
    assertEquals(0, count(transaction, "holdfast.test_notes", shop().tenant()));
    transaction.rollback();
  }

  @Test
  void takesNoLongerThanTheCallersPatience() throws SQLException {
    Call impatient =
        with(Dawdler.Dawdling.inBegin(Dawdler.sleeping(1, 8))).withPatience(Duration.ofMillis(300));
    assertUntouched(() -> assertFails(StockFailure.Code.TRANSACTION_TIMEOUT, impatient));
  }

  @Test
  void theTenantIsForgottenThatTheCallerDidNotSet() throws SQLException {
    joiner.decide(transaction, tea(1), shop().call());
    assertEquals(0, count(transaction, "holdfast.stock_levels", shop().tenant()));
    transaction.commit();
    assertEquals(0, count(transaction, "holdfast.stock_levels", shop().tenant()));
    transaction.commit();
  }

  @Test
  void theCallersOwnTenantIsTheCallersAgain() throws SQLException {
    TenantId own = database.newTenant();
    StockRegister register = StockRegister.create();
    register.setTenant(transaction, own);
    register.addItems(transaction, own, List.of(Line.of("canary", 1).sku()), true);
    joiner.decide(transaction, tea(1), shop().call());
    assertEquals(1, count(transaction, "holdfast.items", own));
    assertEquals(0, count(transaction, "holdfast.items", shop().tenant()));
    assertTrue(register.addLocation(transaction, own, new LocationId("back room")));
    transaction.rollback();
  }

  @Test
  void needsATransaction() throws SQLException {
    try (Connection none = database.connect()) {
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class, () -> joiner.decide(none, tea(1), shop().call()));
      assertTrue(String.valueOf(thrown.getMessage()).startsWith("transaction "));
    }
    assertEquals(10, shop().count("tea").onHand());
  }

  @ParameterizedTest
  @ValueSource(strings = {"REPEATABLE READ", "SERIALIZABLE"})
  void needsToSeeWhatOthersHaveCommitted(String isolation) throws SQLException {
    transaction.rollback();
    execute(transaction, "SET TRANSACTION ISOLATION LEVEL " + isolation);
    assertUntouched(
        () -> {
          IllegalArgumentException thrown =
              assertThrows(
                  IllegalArgumentException.class,
                  () -> joiner.decide(transaction, tea(1), shop().call()));
          assertEquals(
              "transaction must be READ COMMITTED, but is " + isolation, thrown.getMessage());
        });
  }

  @Test
  void saysSoAlsoWhenSomebodyWasFaster() throws SQLException {
    transaction.rollback();
    execute(transaction, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    settings(transaction);
    shop().outcome(tea(1));
    assertUntouched(
        () ->
            assertThrows(
                IllegalArgumentException.class,
                () -> joiner.decide(transaction, tea(1), shop().call())));
  }

  @Test
  void tellsThatTheTransactionHadFailedAlready() throws SQLException {
    assertThrows(SQLException.class, () -> execute(transaction, "SELECT 1 / 0"));
    assertFails(StockFailure.Code.UNEXPECTED, shop().call());
    transaction.rollback();
    assertEquals(10, shop().count("tea").onHand());
  }

  @Test
  void tellsThatTheConnectionIsLost() throws SQLException {
    try (Connection killer = database.connectAsSuperuser()) {
      execute(
          killer,
          "SELECT pg_terminate_backend(" + number(transaction, "SELECT pg_backend_pid()") + ")");
    }
    assertFails(StockFailure.Code.DATABASE_UNAVAILABLE, shop().call());
    assertEquals(10, shop().count("tea").onHand());
  }

  @FunctionalInterface
  private interface Step {
    void take() throws SQLException;
  }

  /// The caller's rows are there and the caller's settings, nothing is locked, and nothing moved.
  private void assertUntouched(Step step) throws SQLException {
    execute(transaction, "INSERT INTO holdfast.test_mine VALUES ('before')");
    String before = settings(transaction);
    step.take();
    assertEquals(before, settings(transaction));
    execute(transaction, "INSERT INTO holdfast.test_mine VALUES ('after')");
    assertEquals(2, number(transaction, "SELECT count(*) FROM holdfast.test_mine"));
    long onHand = shop().count("tea").onHand();
    only(Outcome.Purchased.class, shop().outcome(tea(1)));
    transaction.commit();
    assertEquals(2, number(transaction, "SELECT count(*) FROM holdfast.test_mine"));
    assertEquals(onHand - 1, shop().count("tea").onHand());
    assertEquals(0, count(transaction, "holdfast.test_notes", shop().tenant()));
    transaction.commit();
  }

  private void assertFails(StockFailure.Code code, Call call) {
    StockFailure failure =
        assertThrows(StockFailure.class, () -> joiner.decide(transaction, tea(1), call));
    assertEquals(code, failure.code(), failure::toString);
  }

  private Call with(Attachment attachment) {
    return shop().call().with(attachment);
  }

  private static Command tea(long quantity) {
    return purchase(Line.of("tea", quantity));
  }

  private static String settings(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SETTINGS_READ)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static long count(Connection connection, String table, TenantId tenant)
      throws SQLException {
    return number(
        connection, "SELECT count(*) FROM " + table + " WHERE tenant_id = " + tenant.value());
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
