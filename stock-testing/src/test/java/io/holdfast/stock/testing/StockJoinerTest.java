package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static io.holdfast.stock.testing.Shop.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockJoiner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a caller's own transaction can count on that a command has joined.
class StockJoinerTest extends StockContract {
  private final StockJoiner joiner = StockJoiner.of(EngineSettings.of(Control.COMBINED));
  private Connection transaction;

  @SuppressWarnings("NullAway.Init")
  StockJoinerTest() {}

  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  @BeforeEach
  void begin() throws SQLException {
    transaction = database.connect();
    transaction.setAutoCommit(false);
    shop().stocks("tea", 10);
    try (Connection owner = database.connectAsOwner()) {
      execute(owner, Notes.TABLE_CREATE);
    }
  }

  @AfterEach
  void end() throws SQLException {
    transaction.close();
  }

  @Test
  void commitsWithTheCallersRows() throws SQLException {
    note("before");
    Outcome.Purchased purchased = only(Outcome.Purchased.class, decide(purchase(tea(3))));
    note("after");
    assertEquals(10, shop().count("tea").onHand(), "nobody else sees it yet");
    assertEquals(0, notes());
    transaction.commit();
    assertEquals(new StockCount(7, 0, 2), shop().count("tea"));
    assertEquals(2, notes());
    assertEquals(
        new Refusal.ReservationNotHeld(purchased.reservation(), ReservationState.COMMITTED),
        shop().outcome(new Command.Release(purchased.reservation())));
  }

  @Test
  void isGoneWithTheCallersRows() throws SQLException {
    note("before");
    Outcome.Reserved reserved = only(Outcome.Reserved.class, decide(reserve(tea(3))));
    transaction.rollback();
    assertEquals(new StockCount(10, 0, 1), shop().count("tea"));
    assertEquals(0, notes());
    assertEquals(
        new Refusal.UnknownReservation(reserved.reservation()),
        shop().outcome(new Command.Commit(reserved.reservation())));
  }

  @Test
  void oneCommandSeesWhatTheOneBeforeItDid() throws SQLException {
    Outcome.Reserved reserved = only(Outcome.Reserved.class, decide(reserve(tea(8))));
    only(Refusal.InsufficientStock.class, decide(purchase(tea(3))));
    only(Outcome.Received.class, decide(receive("tea", 5)));
    only(Outcome.Purchased.class, decide(purchase(tea(3))));
    only(Outcome.Committed.class, decide(new Command.Commit(reserved.reservation())));
    transaction.commit();
    assertEquals(new StockCount(4, 0, 5), shop().count("tea"));
  }

  @Test
  void sellsExactlyWhatThereIsBesideAnEngine() throws Exception {
    shop().stocks("ticket", 100);
    List<Future<Boolean>> joined = new ArrayList<>();
    List<CompletableFuture<Answer>> submitted = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 120; i++) {
        boolean commits = i % 3 != 0;
        joined.add(callers.submit(() -> buyTicket(commits)));
        submitted.add(shop().submit(purchase(Line.of("ticket", 1))));
      }
    }
    long sold = 0;
    for (Future<Boolean> one : joined) {
      sold += one.get() ? 1 : 0;
    }
    sold +=
        submitted.stream()
            .filter(answer -> answer.join().outcome() instanceof Outcome.Purchased)
            .count();
    StockCount left = shop().count("ticket");
    assertEquals(new StockCount(100 - sold, 0, 1 + sold), left, "each sale counts once");
    assertTrue(sold >= 99, "and few are refused for one that was rolled back");
  }

  private boolean buyTicket(boolean commits) throws SQLException {
    try (Connection own = database.pool().getConnection()) {
      own.setAutoCommit(false);
      Outcome outcome = joiner.decide(own, purchase(Line.of("ticket", 1)), shop().call()).outcome();
      if (commits) {
        own.commit();
      }
      return commits && outcome instanceof Outcome.Purchased;
    }
  }

  @Test
  void aRefusalKeepsNoLockAndTheTransactionGoesOn() throws SQLException {
    note("before");
    only(Refusal.InsufficientStock.class, decide(purchase(tea(11))));
    only(Outcome.Purchased.class, shop().outcome(purchase(tea(1))));
    note("after");
    transaction.commit();
    assertEquals(2, notes());
    assertEquals(9, shop().count("tea").onHand());
  }

  @Test
  void aKeyIsBoundOnceTheCallerCommits() throws SQLException {
    Answer first = joiner.decide(transaction, purchase(tea(1)), shop().call("k"));
    assertEquals(
        new Answer(first.outcome(), true),
        joiner.decide(transaction, purchase(tea(1)), shop().call("k")));
    assertEquals(
        new Refusal.KeyReused(),
        joiner.decide(transaction, purchase(tea(2)), shop().call("k")).outcome());
    transaction.commit();
    assertEquals(
        new Answer(first.outcome(), true), shop().answer(purchase(tea(1)), shop().call("k")));
    assertEquals(9, shop().count("tea").onHand());
  }

  @Test
  void aKeyIsFreeAgainWhenTheCallerRollsBack() throws SQLException {
    joiner.decide(transaction, purchase(tea(1)), shop().call("k"));
    transaction.rollback();
    assertFalse(shop().answer(purchase(tea(2)), shop().call("k")).replayed());
    assertEquals(8, shop().count("tea").onHand());
  }

  /// The engine waits for the caller's key, and finds it bound.
  @Test
  void oneKeyHasOneEffectAlsoBesideAnEngine() throws SQLException {
    ReservationId held = shop().reserved(tea(1));
    Command commit = new Command.Commit(held);
    Answer first = joiner.decide(transaction, commit, shop().call("k"));
    CompletableFuture<Answer> second = shop().submit(commit, shop().call("k"));
    transaction.commit();
    assertEquals(new Answer(first.outcome(), true), second.join());
  }

  private Outcome decide(Command command) {
    return joiner.decide(transaction, command, shop().call()).outcome();
  }

  private static Line tea(long quantity) {
    return Line.of("tea", quantity);
  }

  private void note(String text) throws SQLException {
    execute(
        transaction,
        "INSERT INTO holdfast.test_notes VALUES (" + shop().tenant().value() + ", '" + text + "')");
  }

  private long notes() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM holdfast.test_notes WHERE tenant_id = "
                    + shop().tenant().value())) {
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
