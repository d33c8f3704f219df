package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.StockVerifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A COMMIT was not answered, and what tells of it has gone into the archive before anybody asks:
/// by a node that had stood still for days, say.
class ArchivedCommitTest {
  private static final EngineSettings SETTINGS =
      EngineSettings.of(Control.COMBINED).with().sweepInterval(Duration.ZERO).build();

  private final TestDatabase database = TestDatabase.shared();
  private StockEngine engine;
  private Shop shop;
  private ArchivedByHand archive;

  /// Filled in by [#open()], which runs before each test.
  @SuppressWarnings("NullAway.Init")
  ArchivedCommitTest() {}

  @BeforeEach
  void open() throws SQLException {
    engine = StockEngine.open(database.pool(), SETTINGS);
    shop = new Shop(engine, database.pool(), database.newTenant());
    shop.stocks("tea", 10).sellsUntracked("wrapping");
    archive = new ArchivedByHand(database, shop.tenant());
  }

  @AfterEach
  void closeAndVerify() throws SQLException {
    engine.close();
    try (Connection connection = database.connect()) {
      assertEquals(List.of(), StockVerifier.create().verifyTenant(connection, shop.tenant()));
    }
  }

  @FunctionalInterface
  private interface Archiving {
    void run() throws SQLException;
  }

  /// What the command comes to, done by a node whose second COMMIT is not answered.
  private Outcome outcome(Command command, Call call, Archiving meanwhile) throws SQLException {
    try (HikariDataSource pool = database.pool(2)) {
      CommitFaults faults =
          new CommitFaults(pool, CommitFaults.Fate.COMMITTED, 2, () -> archived(meanwhile));
      try (StockEngine other = StockEngine.open(faults.database(), SETTINGS)) {
        Shop faulty = new Shop(other, database.pool(), shop.tenant());
        faulty.outcome(receive("tea", 1));
        Outcome outcome = faulty.answer(command, call).outcome();
        assertEquals(1, faults.broken());
        return outcome;
      }
    }
  }

  private static void archived(Archiving archiving) {
    try {
      archiving.run();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMovementTells() throws SQLException {
    Outcome outcome =
        outcome(
            receive("tea", 5),
            shop.call(),
            () -> {
              shop.outcome(receive("tea", 1));
              archive.move("movements", "archived_movements", "position < 4");
            });
    assertInstanceOf(Outcome.Received.class, outcome);
    assertEquals(17, shop.count("tea").onHand());
  }

  @Test
  void theAnswerUnderAKeyTells() throws SQLException {
    ReservationId bought =
        assertInstanceOf(Outcome.Purchased.class, shop.outcome(purchase(Line.of("wrapping", 9))))
            .reservation();
    Outcome outcome =
        outcome(
            new Command.Return(bought, List.of(Line.of("wrapping", 1)), null),
            shop.call("back"),
            () -> archive.move("idempotency_keys", "archived_keys", "true"));
    assertInstanceOf(Outcome.Returned.class, outcome);
    assertEquals(1, reservation(bought).lines().getFirst().returned());
  }

  @Test
  void aReservationTellsThatItWasMade() throws SQLException {
    Outcome outcome =
        outcome(purchase(Line.of("wrapping", 9)), shop.call(), this::archiveReservations);
    ReservationId bought = assertInstanceOf(Outcome.Purchased.class, outcome).reservation();
    assertEquals(ReservationState.COMMITTED, reservation(bought).state());
  }

  @Test
  void aReservationTellsThatItHasEnded() throws SQLException {
    ReservationId held = shop.reserved(Line.of("wrapping", 9));
    Outcome outcome = outcome(new Command.Release(held), shop.call(), this::archiveReservations);
    assertInstanceOf(Outcome.Released.class, outcome);
    assertEquals(ReservationState.RELEASED, reservation(held).state());
  }

  private void archiveReservations() throws SQLException {
    archive.move("reservations", "archived_reservations", "state <> 'held'");
  }

  private ReservationView reservation(ReservationId id) {
    return StockReader.of(database.pool()).reservation(shop.tenant(), id).orElseThrow();
  }
}
