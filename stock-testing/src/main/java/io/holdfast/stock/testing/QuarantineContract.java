package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.adjust;
import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static io.holdfast.stock.testing.Shop.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a control must hold while a level is not to be believed: nothing moves on it, and a
/// correction puts it right, whatever somebody has made of its row.
public abstract class QuarantineContract extends StockContract {
  private static final LocationId MAIN = LocationId.MAIN;
  private static final Sku TEA = new Sku("tea");
  private static final String REASON = "on_hand is 9, and by the ledger 5";

  @Test
  protected void nothingMovesOnAQuarantinedLevel() throws SQLException {
    shop().stocks("tea", 5).stocks("cup", 5).stocksAt("depot", 200, "tea", 5);
    LocationId depot = new LocationId("depot");
    ReservationId held = shop().reserved(at("main", 1), Line.of("cup", 1));
    ReservationId sold =
        ((Outcome.Purchased) shop().outcome(purchase(at("main", 1)))).reservation();
    StockCount before = shop().count("tea", "main");
    Instant since = quarantine("tea");
    Refusal refused = new Refusal.LevelQuarantined(TEA, MAIN, REASON, since);
    List<Command> commands =
        List.of(
            reserve(at("main", 1)),
            reserve(at("main", 100)),
            reserve(Line.of("cup", 1), at("main", 1)),
            reserve(Line.sourced("tea", 9)),
            purchase(at("main", 1)),
            new Command.Change(held, List.of(at("main", 2))),
            new Command.Commit(held),
            new Command.Release(held),
            new Command.Return(sold, List.of(), null),
            receive("tea", 1),
            adjust("tea", 1),
            adjust("tea", -100),
            new Command.Count(TEA, MAIN, 1, before.version(), null),
            new Command.Transfer(TEA, MAIN, depot, 1, null),
            new Command.Transfer(TEA, depot, MAIN, 1, null),
            new Command.SetSafetyStock(TEA, MAIN, 1, null));
    for (Command command : commands) {
      assertEquals(refused, shop().outcome(command), command::toString);
    }
    assertEquals(before, shop().count("tea", "main"));
    assertEquals(4, shop().count("cup").sellable());
    correct(before.onHand());
  }

  @Test
  protected void whatMovesNothingThereGoesOn() throws SQLException {
    shop().stocks("tea", 5).stocksAt("depot", 200, "tea", 5);
    ReservationId held = shop().reserved(at("main", 1));
    quarantine("tea");
    only(Outcome.Extended.class, shop().outcome(new Command.Extend(held, Duration.ofHours(1))));
    Outcome.Reserved elsewhere =
        only(Outcome.Reserved.class, shop().outcome(reserve(Line.sourced("tea", 2))));
    assertEquals(new LocationId("depot"), elsewhere.lines().getFirst().location());
    Outcome.Reserved part =
        only(Outcome.Reserved.class, shop().outcome(reserve(Line.sourced("tea", 9)).partially()));
    assertEquals(List.of(Line.sourced("tea", 6)), part.missing());
    correct(5);
    only(Outcome.Committed.class, shop().outcome(new Command.Commit(held)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE stock_levels SET on_hand = on_hand + 4",
        "UPDATE stock_levels SET reserved = 0",
        "UPDATE stock_levels SET version = version + 3",
        "UPDATE stock_levels SET version = 1",
        "UPDATE stock_levels SET chain_hash = ''",
        "UPDATE stock_levels SET safety_stock = 0",
        "DELETE FROM stock_levels",
        "SELECT 1 FROM items"
      })
  protected void aCorrectionPutsRightWhateverSomebodyHasDone(String tampering) throws SQLException {
    shop().stocks("tea", 5);
    shop().outcome(new Command.SetSafetyStock(TEA, MAIN, 2, null));
    shop().reserved(Line.of("tea", 2));
    tamper(tampering);
    Outcome.Corrected corrected = correct(4);
    assertEquals(-1, corrected.change(), "of what the ledger had");
    assertEquals(new StockCount(4, 2, 4, 2), corrected.after());
    assertEquals(corrected.after(), shop().count("tea"));
    assertEquals(List.of(), differences());
  }

  @Test
  protected void aCorrectionTakesWhatIsHeldFromTheReservations() throws SQLException {
    shop().stocks("tea", 5);
    shop().reserved(Line.of("tea", 2));
    tamper("UPDATE reservations SET quantities = '{1}'");
    assertEquals(new StockCount(5, 1, 3), correct(5).after());
    tamper("UPDATE reservations SET quantities = '{2}'");
    assertEquals(new StockCount(5, 2, 4), correct(5).after());
  }

  @Test
  protected void aCorrectionEndsTheQuarantineAndIsRecorded() throws SQLException {
    shop().stocks("tea", 5);
    quarantine("tea");
    Command.Correct correct = new Command.Correct(TEA, MAIN, 5, new Reason("counted twice"));
    Answer first = shop().answer(correct, shop().call("correction"));
    Outcome.Corrected corrected = only(Outcome.Corrected.class, first.outcome());
    assertEquals(new Answer(corrected, true), shop().answer(correct, shop().call("correction")));
    only(Outcome.Purchased.class, shop().outcome(purchase(Line.of("tea", 1))));
    try (Connection connection = database.connectAsSuperuser();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT reason, released_version, released_by, release_reason, on_hand"
                    + " FROM holdfast.quarantines WHERE released_at IS NOT NULL AND tenant_id = "
                    + shop().tenant().value())) {
      assertTrue(row.next());
      assertEquals(REASON, row.getString(1));
      assertEquals(corrected.after().version(), row.getLong(2));
      assertEquals("tester", row.getString(3));
      assertEquals("counted twice", row.getString(4));
      assertEquals(5, row.getLong(5));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE stock_levels SET quarantined_at = NULL, quarantine_reason = NULL",
        "DELETE FROM stock_levels",
        "DELETE FROM quarantines"
      })
  protected void aCorrectionEndsAQuarantineThatSomebodyHasMeddledWith(String tampering)
      throws SQLException {
    shop().stocks("tea", 5);
    quarantine("tea");
    tamper(tampering);
    assertEquals(new StockCount(4, 0, 2), correct(4).after());
    only(Outcome.Purchased.class, shop().outcome(purchase(Line.of("tea", 1))));
    assertEquals(List.of(), differences());
  }

  @Test
  protected void whatIsDoneTogetherWithACorrectionGoesOnFromIt() throws SQLException {
    shop().stocks("tea", 5);
    Refusal refused = new Refusal.LevelQuarantined(TEA, MAIN, REASON, quarantine("tea"));
    Command correct = new Command.Correct(TEA, MAIN, 4, new Reason("counted"));
    Command purchase = purchase(Line.of("tea", 1));
    assertEquals(
        new Refusal.PartRefused(0, refused),
        shop().outcome(new Command.Together(List.of(purchase, correct))));
    only(
        Outcome.DoneTogether.class,
        shop().outcome(new Command.Together(List.of(correct, purchase))));
    assertEquals(new StockCount(3, 0, 3), shop().count("tea"));
  }

  @Test
  protected void whatIsHeldIsNotCorrectedAway() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId held = shop().reserved(Line.of("tea", 3));
    quarantine("tea");
    Refusal.InsufficientStock refused =
        only(
            Refusal.InsufficientStock.class,
            shop().outcome(new Command.Correct(TEA, MAIN, 2, new Reason("counted"))));
    assertEquals(3, refused.shortages().getFirst().wanted());
    assertEquals(2, refused.shortages().getFirst().sellable());
    // What is promised first, so that nothing can be sold; then it is taken back, and counted.
    correct(3);
    only(Outcome.Released.class, shop().outcome(new Command.Release(held)));
    only(Outcome.Adjusted.class, shop().outcome(adjust("tea", -1)));
  }

  @Test
  protected void aCorrectionOfWhatNeverWasIsRefused() throws SQLException {
    shop().sells("tea").sellsUntracked("advice");
    Reason reason = new Reason("counted");
    assertEquals(
        new Refusal.NoStockRecord(TEA, MAIN),
        shop().outcome(new Command.Correct(TEA, MAIN, 1, reason)));
    assertEquals(
        new Refusal.UnknownLocation(new LocationId("moon")),
        shop().outcome(new Command.Correct(TEA, new LocationId("moon"), 1, reason)));
    assertEquals(
        new Refusal.UnknownItem(new Sku("cup")),
        shop().outcome(new Command.Correct(new Sku("cup"), MAIN, 1, reason)));
    assertEquals(
        new Refusal.ItemNotTracked(new Sku("advice")),
        shop().outcome(new Command.Correct(new Sku("advice"), MAIN, 1, reason)));
  }

  @Test
  protected void nothingSlipsInWhileALevelIsQuarantined() throws SQLException {
    shop().stocks("tea", 1_000_000);
    List<CompletableFuture<Answer>> answers =
        Stream.generate(() -> purchase(Line.of("tea", 1))).limit(400).map(shop()::submit).toList();
    quarantine("tea");
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    long version = shop().count("tea").version();
    for (CompletableFuture<Answer> answer : answers) {
      switch (answer.join().outcome()) {
        case Outcome.Purchased _ -> {}
        case Refusal.LevelQuarantined _ -> {}
        case Outcome other -> throw new AssertionError(other);
      }
    }
    assertEquals(version, foundVersion(), "nothing has moved since it was found");
    correct(1_000_000);
  }

  @Test
  protected void correctionsAndSalesMeet() throws SQLException {
    shop().stocks("tea", 10_000);
    List<CompletableFuture<Answer>> answers =
        Stream.iterate(0, i -> i + 1)
            .limit(200)
            .map(
                i ->
                    i % 10 == 0
                        ? new Command.Correct(TEA, MAIN, 10_000, new Reason("counted"))
                        : i % 2 == 0 ? reserve(Line.of("tea", 1)) : purchase(Line.of("tea", 1)))
            .map(shop()::submit)
            .toList();
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    assertEquals(81, shop().count("tea").reserved() + 1, "every reservation, and only those");
    assertEquals(201, shop().count("tea").version());
  }

  private static Line at(String location, long quantity) {
    return new Line(TEA, new LocationId(location), quantity);
  }

  private Outcome.Corrected correct(long onHand) {
    return only(
        Outcome.Corrected.class,
        shop().outcome(new Command.Correct(TEA, MAIN, onHand, new Reason("counted"))));
  }

  private Instant quarantine(String sku) throws SQLException {
    return shop().quarantines(sku, REASON);
  }

  private long foundVersion() throws SQLException {
    try (Connection connection = database.connectAsSuperuser();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT version FROM holdfast.quarantines WHERE tenant_id = "
                    + shop().tenant().value())) {
      row.next();
      return row.getLong(1);
    }
  }

  /// By hand, past all triggers.
  private void tamper(String tampering) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("SET session_replication_role = replica; SET search_path = holdfast");
      statement.execute(tampering + " WHERE tenant_id = " + shop().tenant().value());
    }
  }
}
