package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static io.holdfast.stock.testing.Shop.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.MovementPaging.Order;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.Reason;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Commands that are done together: all or none, each on what the ones before have left.
public abstract class TogetherContract extends StockContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Sku TEA = new Sku("tea");
  private static final Customer ANN = new Customer("ann");

  private static Command.Together together(Command... commands) {
    return new Command.Together(List.of(commands));
  }

  private List<Outcome.Effect> done(Command... commands) {
    return only(Outcome.DoneTogether.class, shop().outcome(together(commands))).effects();
  }

  private Refusal.PartRefused refused(Command... commands) {
    return only(Refusal.PartRefused.class, shop().outcome(together(commands)));
  }

  private ReservationView view(ReservationId id) {
    return StockReader.of(database.pool()).reservation(shop().tenant(), id).orElseThrow();
  }

  @Test
  void doesAllOfThemAtOneInstant() throws SQLException {
    shop().stocks("tea", 5).stocks("cup", 5);
    List<Outcome.Effect> effects =
        done(receive("tea", 2), reserve(Line.of("tea", 3)), purchase(Line.of("cup", 1)));
    Outcome.Received received = only(Outcome.Received.class, effects.get(0));
    Outcome.Reserved reserved = only(Outcome.Reserved.class, effects.get(1));
    Outcome.Purchased purchased = only(Outcome.Purchased.class, effects.get(2));
    assertEquals(received.at(), reserved.at());
    assertEquals(received.at(), purchased.at());
    assertEquals(new StockCount(7, 3, 3), shop().count("tea"));
    assertEquals(new StockCount(4, 0, 2), shop().count("cup"));
    assertEquals(ReservationState.HELD, view(reserved.reservation()).state());
    assertEquals(ReservationState.COMMITTED, view(purchased.reservation()).state());
    assertFalse(reserved.reservation().equals(purchased.reservation()));
  }

  @Test
  void doesNoneOfThemWhenOneIsRefusedAndSaysWhich() throws SQLException {
    shop().stocks("tea", 5).stocks("cup", 1);
    ReservationId id = shop().reserved(Line.of("tea", 1));
    Refusal.PartRefused refused =
        refused(
            new Command.Commit(id),
            receive("tea", 2),
            purchase(Line.of("cup", 2)),
            purchase(Line.of("cup", 3)));
    assertEquals(2, refused.index());
    Refusal.InsufficientStock lack = only(Refusal.InsufficientStock.class, refused.refusal());
    assertEquals(1, lack.shortages().getFirst().missing());
    assertEquals(new StockCount(5, 1, 2), shop().count("tea"));
    assertEquals(ReservationState.HELD, view(id).state());
    assertEquals(1, view(id).version());
  }

  @Test
  void eachStandsOnWhatTheOnesBeforeHaveLeft() throws SQLException {
    shop().sells("tea").opens("north", 10);
    Command.Transfer transfer =
        new Command.Transfer(TEA, LocationId.MAIN, new LocationId("north"), 4, null);
    List<Outcome.Effect> effects =
        done(
            receive("tea", 5),
            transfer,
            purchase(Line.sourced("tea", 2)),
            new Command.Count(TEA, new LocationId("north"), 7, 2, null),
            new Command.SetSafetyStock(TEA, new LocationId("north"), 7, null));
    assertEquals(
        new LocationId("north"),
        only(Outcome.Purchased.class, effects.get(2)).lines().getFirst().location());
    assertEquals(5, only(Outcome.Counted.class, effects.get(3)).change());
    assertEquals(new StockCount(1, 0, 2), shop().count("tea", "main"));
    assertEquals(new StockCount(7, 0, 4, 7), shop().count("tea", "north"));
    assertEquals(1, refused(receive("tea", 1), purchase(Line.sourced("tea", 3))).index());
  }

  @Test
  void changesOneReservationAgainAndAgain() throws SQLException {
    shop().stocks("tea", 9).stocks("cup", 9);
    ReservationId id = shop().reserved(Line.of("tea", 2));
    List<Outcome.Effect> effects =
        done(
            new Command.Change(id, List.of(Line.of("tea", 3), Line.of("cup", 2)), 1L),
            new Command.Extend(id, HOUR),
            new Command.Change(id, List.of(Line.of("tea", 1), Line.of("cup", 4)), 3L),
            new Command.Commit(id, List.of(Line.of("cup", 3))),
            new Command.Return(id, List.of(Line.of("cup", 1)), null));
    assertEquals(new StockCount(9, 0, 5), shop().count("tea"));
    assertEquals(new StockCount(7, 0, 5), shop().count("cup"));
    ReservationView after = view(id);
    assertEquals(ReservationState.COMMITTED, after.state());
    assertEquals(6, after.version());
    assertEquals(3, after.lines().getFirst().quantity());
    assertEquals(1, after.lines().getFirst().returned());
    assertEquals(after.endedAt(), only(Outcome.Returned.class, effects.getLast()).at());
  }

  private static Command.Return giveBack(ReservationId id) {
    return new Command.Return(id, List.of(), null);
  }

  @Test
  void endsAReservationOnce() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId id = shop().reserved(Line.of("tea", 2));
    Refusal.PartRefused twice = refused(new Command.Release(id), new Command.Commit(id));
    assertEquals(
        new Refusal.PartRefused(1, new Refusal.ReservationNotHeld(id, ReservationState.RELEASED)),
        twice);
    assertEquals(new StockCount(5, 2, 2), shop().count("tea"));
    done(new Command.Commit(id), giveBack(id));
    assertEquals(new StockCount(5, 0, 4), shop().count("tea"));
    assertEquals(2, view(id).lines().getFirst().returned());
  }

  @Test
  void replacesAndReleasesInOneStep() throws SQLException {
    shop().stocks("tea", 5);
    Command.Reserve five = new Command.Reserve(List.of(Line.of("tea", 5)), HOUR, ANN);
    ReservationId older = only(Outcome.Reserved.class, shop().outcome(five)).reservation();
    ReservationId other =
        only(Outcome.Reserved.class, done(five.replacing(older)).getFirst()).reservation();
    assertEquals(ReservationState.RELEASED, view(older).state());
    List<Outcome.Effect> effects = done(new Command.Release(other), five, receive("tea", 1));
    assertEquals(
        new StockCount(5, 5, 6),
        only(Outcome.Reserved.class, effects.get(1)).lines().getFirst().after());
  }

  @Test
  void keepsEachReasonWithItsMovement() throws SQLException {
    shop().stocks("tea", 5);
    done(
        new Command.Receive(TEA, LocationId.MAIN, 1, new Reason("found")),
        purchase(Line.of("tea", 1)),
        Shop.adjust("tea", -1),
        new Command.Receive(TEA, LocationId.MAIN, 1, null));
    MovementPaging paging = MovementPaging.first(Order.OLDEST_FIRST, 10);
    LevelHistory.Page page =
        only(
            LevelHistory.Page.class,
            StockReader.of(database.pool())
                .movements(shop().tenant(), TEA, LocationId.MAIN, paging));
    List<String> reasons =
        page.movements().stream().map(MovementView::reason).map(String::valueOf).toList();
    assertEquals(List.of("null", "found", "null", "counted again", "null"), reasons);
  }

  @Test
  void answersARepeatAsTheFirstTime() throws SQLException {
    shop().stocks("tea", 50);
    Command.Together bought =
        together(
            purchase(Line.of("tea", 1)),
            reserve(Line.of("tea", 2)),
            receive("tea", 3),
            Shop.adjust("tea", -1));
    Answer first = shop().answer(bought, shop().call("order-1"));
    Answer again = shop().answer(bought, shop().call("order-1"));
    assertFalse(first.replayed());
    assertTrue(again.replayed());
    assertEquals(first.outcome(), again.outcome());
    assertEquals(new StockCount(51, 2, 5), shop().count("tea"));
    Command.Together other = together(purchase(Line.of("tea", 1)));
    assertEquals(new Refusal.KeyReused(), shop().answer(other, shop().call("order-1")).outcome());
    Command.Together impossible = together(receive("tea", 1), purchase(Line.of("tea", 100)));
    only(Refusal.PartRefused.class, shop().answer(impossible, shop().call("order-2")).outcome());
    assertFalse(shop().answer(other, shop().call("order-2")).replayed());
  }

  @Test
  void holdsEachToWhatACustomerMayHave() throws SQLException {
    shop().stocks("tea", 50).limits(new PurchaseLimit(TEA, 3, HOUR));
    Command.Purchase two = new Command.Purchase(List.of(Line.of("tea", 2)), ANN);
    Command.Purchase one = new Command.Purchase(List.of(Line.of("tea", 1)), ANN);
    Refusal.PartRefused refused = refused(two, receive("tea", 1), two);
    assertEquals(2, refused.index());
    assertEquals(2, only(Refusal.LimitExceeded.class, refused.refusal()).claimed());
    done(two, one);
    only(Refusal.LimitExceeded.class, shop().outcome(one));
    ReservationId bought = shop().reserved(Line.of("tea", 1));
    done(new Command.Release(bought), new Command.Purchase(List.of(Line.of("tea", 9)), null));
  }

  @Test
  void sellsPairsAndNoHalves() throws SQLException {
    shop().stocks("left", 30).stocks("right", 20);
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Command left = purchase(Line.of("left", 1));
      Command right = purchase(Line.of("right", 1));
      answers.add(shop().submit(i % 2 == 0 ? together(left, right) : together(right, left)));
    }
    long sold =
        answers.stream()
            .filter(answer -> answer.join().outcome() instanceof Outcome.DoneTogether)
            .count();
    assertEquals(20, sold);
    assertEquals(10, shop().count("left").onHand());
    assertEquals(0, shop().count("right").onHand());
  }

  @Test
  void losesNothingBesideCommandsThatStandAlone() throws SQLException {
    shop().stocks("tea", 100).opens("north", 10);
    LocationId north = new LocationId("north");
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(
          shop()
              .submit(
                  together(
                      new Command.Transfer(TEA, LocationId.MAIN, north, 3, null),
                      purchase(Line.of("tea", "north", 1)),
                      new Command.Transfer(TEA, north, LocationId.MAIN, 1, null))));
      answers.add(shop().submit(purchase(Line.sourced("tea", 1))));
      answers.add(shop().submit(together(receive("tea", 1), reserve(Line.sourced("tea", 2)))));
    }
    answers.forEach(answer -> only(Outcome.Effect.class, answer.join().outcome()));
    long onHand = shop().levels("tea").values().stream().mapToLong(StockCount::onHand).sum();
    long reserved = shop().levels("tea").values().stream().mapToLong(StockCount::reserved).sum();
    assertEquals(100 - 20 - 20 + 20, onHand);
    assertEquals(40, reserved);
  }
}
