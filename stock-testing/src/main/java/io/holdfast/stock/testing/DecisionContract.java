package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.adjust;
import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static io.holdfast.stock.testing.Shop.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What each command does and refuses, one caller at a time.
public abstract class DecisionContract extends StockContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ReservationId NOBODYS =
      new ReservationId(UUID.fromString("01890000-0000-7000-8000-000000000000"));

  @Test
  void reservesWhatIsThere() throws SQLException {
    shop().stocks("tea", 10);
    Outcome.Reserved reserved =
        only(Outcome.Reserved.class, shop().outcome(reserve(Line.of("tea", 4))));
    assertEquals(new StockCount(10, 4, 2), reserved.lines().getFirst().after());
    assertEquals(Duration.ofMinutes(15), Duration.between(reserved.at(), reserved.expiresAt()));
    assertEquals(new StockCount(10, 4, 2), shop().count("tea"));
  }

  @Test
  void reservesTheLastUnitAndNoMore() throws SQLException {
    shop().stocks("tea", 3);
    shop().reserved(Line.of("tea", 3));
    Refusal.InsufficientStock refused =
        only(Refusal.InsufficientStock.class, shop().outcome(reserve(Line.of("tea", 1))));
    Refusal.Shortage shortage = refused.shortages().getFirst();
    assertEquals(1, shortage.wanted());
    assertEquals(new StockCount(3, 3, 2), shortage.count());
  }

  @Test
  void refusesAllLinesWhenOneIsShort() throws SQLException {
    shop().stocks("tea", 10).stocks("cup", 1);
    Refusal.InsufficientStock refused =
        only(
            Refusal.InsufficientStock.class,
            shop().outcome(reserve(Line.of("tea", 2), Line.of("cup", 2))));
    assertEquals(List.of(new Sku("cup")), refused.shortages().stream().map(s -> s.sku()).toList());
    assertEquals(10, shop().count("tea").available());
  }

  @Test
  void addsUpLinesOfTheSameItem() throws SQLException {
    shop().stocks("tea", 5);
    only(
        Refusal.InsufficientStock.class,
        shop().outcome(reserve(Line.of("tea", 3), Line.of("tea", 3))));
    Outcome.Reserved reserved =
        only(Outcome.Reserved.class, shop().outcome(reserve(Line.of("tea", 3), Line.of("tea", 2))));
    assertEquals(2, reserved.lines().size());
    assertEquals(new StockCount(5, 5, 2), shop().count("tea"));
  }

  @Test
  void commitTakesTheStockAway() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId id = shop().reserved(Line.of("tea", 4));
    Outcome.Committed committed =
        only(Outcome.Committed.class, shop().outcome(new Command.Commit(id)));
    assertEquals(new StockCount(6, 0, 3), committed.lines().getFirst().after());
    assertEquals(ReservationState.COMMITTED, view(id).state());
    assertEquals(committed.at(), view(id).endedAt());
  }

  @Test
  void releaseGivesTheStockBack() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId id = shop().reserved(Line.of("tea", 4));
    only(Outcome.Released.class, shop().outcome(new Command.Release(id)));
    assertEquals(new StockCount(10, 0, 3), shop().count("tea"));
  }

  @Test
  void endsAReservationOnce() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId committed = shop().reserved(Line.of("tea", 1));
    shop().outcome(new Command.Commit(committed));
    ReservationId released = shop().reserved(Line.of("tea", 1));
    shop().outcome(new Command.Release(released));
    for (Command again :
        List.of(
            new Command.Commit(committed),
            new Command.Release(committed),
            new Command.Extend(committed, HOUR),
            new Command.Expire(committed))) {
      assertEquals(
          new Refusal.ReservationNotHeld(committed, ReservationState.COMMITTED),
          shop().outcome(again));
    }
    assertEquals(
        new Refusal.ReservationNotHeld(released, ReservationState.RELEASED),
        shop().outcome(new Command.Commit(released)));
    assertEquals(new StockCount(9, 0, 5), shop().count("tea"));
  }

  @Test
  void purchaseReservesAndCommitsInOneStep() throws SQLException {
    shop().stocks("tea", 10);
    Outcome.Purchased purchased =
        only(
            Outcome.Purchased.class,
            shop().outcome(new Command.Purchase(List.of(Line.of("tea", 3)), new Customer("Ada"))));
    assertEquals(new StockCount(7, 0, 2), purchased.lines().getFirst().after());
    ReservationView view = view(purchased.reservation());
    assertEquals(ReservationState.COMMITTED, view.state());
    assertEquals(new Customer("Ada"), view.customer());
    assertNull(view.expiresAt());
  }

  @Test
  void extendNeverShortens() throws SQLException {
    shop().stocks("tea", 10);
    Outcome.Reserved reserved =
        only(Outcome.Reserved.class, shop().outcome(reserve(Line.of("tea", 1))));
    Outcome.Extended shorter =
        only(
            Outcome.Extended.class,
            shop().outcome(new Command.Extend(reserved.reservation(), Duration.ofSeconds(1))));
    assertEquals(reserved.expiresAt(), shorter.expiresAt());
    Outcome.Extended longer =
        only(
            Outcome.Extended.class,
            shop().outcome(new Command.Extend(reserved.reservation(), HOUR)));
    assertEquals(longer.at().plus(HOUR), longer.expiresAt());
    assertEquals(longer.expiresAt(), view(reserved.reservation()).expiresAt());
  }

  @Test
  void doesNotExpireBeforeItsTime() throws SQLException {
    shop().stocks("tea", 10);
    Outcome.Reserved reserved =
        only(Outcome.Reserved.class, shop().outcome(reserve(Line.of("tea", 1))));
    assertEquals(
        new Refusal.ReservationNotDue(reserved.reservation(), reserved.expiresAt()),
        shop().outcome(new Command.Expire(reserved.reservation())));
  }

  @Test
  void untrackedItemsAreAlwaysAvailable() throws SQLException {
    shop().stocks("tea", 1).sellsUntracked("advice");
    Outcome.Reserved reserved =
        only(
            Outcome.Reserved.class,
            shop().outcome(reserve(Line.of("advice", 1_000_000), Line.of("tea", 1))));
    assertFalse(reserved.lines().getFirst().isTracked());
    assertTrue(reserved.lines().getLast().isTracked());
    only(Outcome.Committed.class, shop().outcome(new Command.Commit(reserved.reservation())));
    only(Outcome.Purchased.class, shop().outcome(purchase(Line.of("advice", 1))));
    assertEquals(
        new Refusal.ItemNotTracked(new Sku("advice")), shop().outcome(receive("advice", 1)));
  }

  @Test
  void adjustNeverGoesBelowWhatIsReserved() throws SQLException {
    shop().stocks("tea", 10);
    shop().reserved(Line.of("tea", 4));
    only(Refusal.InsufficientStock.class, shop().outcome(adjust("tea", -7)));
    Outcome.Adjusted adjusted = only(Outcome.Adjusted.class, shop().outcome(adjust("tea", -6)));
    assertEquals(new StockCount(4, 4, 3), adjusted.after());
    only(Outcome.Adjusted.class, shop().outcome(adjust("tea", 5)));
    assertEquals(5, shop().count("tea").available());
  }

  @Test
  void refusesWhatNobodyKnows() throws SQLException {
    shop().sells("new");
    assertEquals(
        new Refusal.UnknownItem(new Sku("nothing")),
        shop().outcome(reserve(Line.of("nothing", 1))));
    assertEquals(
        new Refusal.UnknownItem(new Sku("nothing")), shop().outcome(receive("nothing", 1)));
    assertEquals(
        new Refusal.NoStockRecord(new Sku("new"), LocationId.MAIN),
        shop().outcome(purchase(Line.of("new", 1))));
    assertEquals(
        new Refusal.NoStockRecord(new Sku("new"), LocationId.MAIN),
        shop().outcome(adjust("new", 1)));
    assertEquals(
        new Refusal.UnknownLocation(new LocationId("moon")),
        shop().outcome(new Command.Receive(new Sku("new"), new LocationId("moon"), 1, null)));
    assertEquals(
        new Refusal.UnknownReservation(NOBODYS), shop().outcome(new Command.Commit(NOBODYS)));
  }

  @Test
  void refusesToCountFurtherThanEveryReaderCan() throws SQLException {
    shop().stocks("sand", Line.MAX_QUANTITY);
    try (var connection = database.connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute(
          "UPDATE holdfast.stock_levels SET on_hand = 9007199254740990 WHERE tenant_id = "
              + shop().tenant().value());
    }
    assertEquals(
        new Refusal.BalanceOutOfRange(new Sku("sand"), LocationId.MAIN),
        shop().outcome(receive("sand", 2)));
    try (var connection = database.connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE holdfast.stock_levels SET on_hand = 1000000000 WHERE tenant_id = "
              + shop().tenant().value());
    }
  }

  @Test
  void answersARepeatedKeyWithTheFirstAnswer() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId held = shop().reserved(Line.of("tea", 1));
    ReservationId given = shop().reserved(Line.of("tea", 1));
    for (Command command :
        List.of(
            reserve(Line.of("tea", 2)),
            purchase(Line.of("tea", 1)),
            new Command.Extend(held, HOUR),
            new Command.Commit(held),
            new Command.Release(given),
            receive("tea", 7),
            adjust("tea", -1))) {
      Answer first = shop().answer(command, shop().call("k1"));
      Answer again = shop().answer(command, shop().call("k1"));
      assertFalse(first.replayed());
      assertEquals(new Answer(first.outcome(), true), again);
    }
    assertEquals(new StockCount(14, 2, 9), shop().count("tea"));
  }

  @Test
  void refusesAKeyThatNamesAnotherRequest() throws SQLException {
    shop().stocks("tea", 10);
    shop().answer(reserve(Line.of("tea", 1)), shop().call("k"));
    assertEquals(
        new Answer(new Refusal.KeyReused(), false),
        shop().answer(reserve(Line.of("tea", 2)), shop().call("k")));
    shop().answer(receive("tea", 1), shop().call("k"));
    assertEquals(
        new Answer(new Refusal.KeyReused(), false),
        shop().answer(receive("tea", 2), shop().call("k")));
  }

  @Test
  void aRefusalBindsNoKey() throws SQLException {
    shop().stocks("tea", 1);
    Command wanted = purchase(Line.of("tea", 2));
    only(Refusal.InsufficientStock.class, shop().answer(wanted, shop().call("k")).outcome());
    shop().outcome(receive("tea", 5));
    Answer later = shop().answer(wanted, shop().call("k"));
    only(Outcome.Purchased.class, later.outcome());
    assertFalse(later.replayed());
  }

  @Test
  void keepsTenantsApart() throws SQLException {
    shop().stocks("tea", 10);
    ReservationId id = shop().reserved(Line.of("tea", 1));
    Shop other = new Shop(engine(), database.pool(), database.newTenant());
    assertEquals(
        new Refusal.UnknownItem(new Sku("tea")), other.outcome(reserve(Line.of("tea", 1))));
    assertEquals(new Refusal.UnknownReservation(id), other.outcome(new Command.Commit(id)));
    assertTrue(StockReader.of(database.pool()).reservation(other.tenant(), id).isEmpty());
    assertTrue(StockReader.of(database.pool()).item(other.tenant(), new Sku("tea")).isEmpty());
  }

  @Test
  void keepsTextAsItIs() throws SQLException {
    shop().stocks("tea \"{,}\\' ü 🎫", 10);
    Outcome.Purchased purchased =
        only(
            Outcome.Purchased.class,
            shop()
                .outcome(
                    new Command.Purchase(
                        List.of(Line.of("tea \"{,}\\' ü 🎫", 1)),
                        new Customer("Ünal; DROP TABLE \\ \"x\" NULL"))));
    ReservationView view = view(purchased.reservation());
    assertEquals("tea \"{,}\\' ü 🎫", view.lines().getFirst().sku().value());
    assertEquals(new Customer("Ünal; DROP TABLE \\ \"x\" NULL"), view.customer());
  }

  private ReservationView view(ReservationId id) {
    return StockReader.of(database.pool()).reservation(shop().tenant(), id).orElseThrow();
  }
}
