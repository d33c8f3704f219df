package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Reservations that do not go straight: in part, changed, replaced, late, and back again.
public abstract class RevisionContract extends StockContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Customer ANN = new Customer("ann");

  private ReservationView view(ReservationId id) {
    return StockReader.of(database.pool()).reservation(shop().tenant(), id).orElseThrow();
  }

  private static Command.Commit commit(ReservationId id, Line... part) {
    return new Command.Commit(id, List.of(part));
  }

  @Test
  void isContentWithLessWhenAsked() throws SQLException {
    shop().stocks("tea", 3).stocks("cup", 9);
    Outcome.Reserved reserved =
        only(
            Outcome.Reserved.class,
            shop().outcome(reserve(Line.of("tea", 5), Line.of("cup", 1)).partially()));
    assertEquals(List.of(3L, 1L), reserved.lines().stream().map(line -> line.quantity()).toList());
    assertEquals(List.of(Line.of("tea", 2)), reserved.missing());
    assertEquals(0, shop().count("tea").available());
  }

  @Test
  void isNotContentWithNothing() throws SQLException {
    shop().stocks("tea", 3);
    shop().reserved(Line.of("tea", 3));
    only(Refusal.InsufficientStock.class, shop().outcome(reserve(Line.of("tea", 1)).partially()));
  }

  @Test
  void addsRemovesAndChangesLinesInOneStep() throws SQLException {
    shop().stocks("tea", 5).stocks("cup", 5).stocks("pot", 5);
    ReservationId id = shop().reserved(Line.of("tea", 5), Line.of("cup", 2));
    Outcome.Changed changed =
        only(
            Outcome.Changed.class,
            shop().outcome(change(id, Line.of("cup", 3), Line.of("pot", 1))));
    assertEquals(2, changed.version());
    assertEquals(new StockCount(5, 0, 3), shop().count("tea"));
    assertEquals(new StockCount(5, 3, 3), shop().count("cup"));
    assertEquals(new StockCount(5, 1, 2), shop().count("pot"));
    only(Outcome.Committed.class, shop().outcome(commit(id)));
    assertEquals(new StockCount(2, 0, 4), shop().count("cup"));
  }

  @Test
  void mayKeepWhatItHasThoughNothingElseIsLeft() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId id = shop().reserved(Line.of("tea", 5));
    only(Outcome.Changed.class, shop().outcome(change(id, Line.sourced("tea", 5))));
    only(Refusal.InsufficientStock.class, shop().outcome(change(id, Line.of("tea", 6))));
    assertEquals(new StockCount(5, 5, 2), shop().count("tea"));
    assertEquals(2, view(id).version());
  }

  @Test
  void changesOnlyWhatTheCallerHasSeen() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId id = shop().reserved(Line.of("tea", 1));
    Command.Change stale = new Command.Change(id, List.of(Line.of("tea", 3)), 1L);
    only(Outcome.Changed.class, shop().outcome(stale));
    assertEquals(new Refusal.VersionConflict(1, 2), shop().outcome(stale));
    shop().outcome(new Command.Release(id));
    assertEquals(
        new Refusal.ReservationNotHeld(id, ReservationState.RELEASED), shop().outcome(stale));
  }

  @Test
  void losesNoChangeOfManyAtOnce() throws SQLException {
    shop().stocks("tea", 100);
    ReservationId id = shop().reserved(Line.of("tea", 1));
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      answers.add(shop().submit(change(id, Line.of("tea", i))));
    }
    answers.forEach(answer -> only(Outcome.Changed.class, answer.join().outcome()));
    assertEquals(21, view(id).version());
    assertEquals(view(id).lines().getFirst().quantity(), shop().count("tea").reserved());
  }

  private static Command.Change change(ReservationId id, Line... lines) {
    return new Command.Change(id, List.of(lines));
  }

  @Test
  void commitsAPartAndReleasesTheRest() throws SQLException {
    shop().stocks("tea", 5).stocks("cup", 5);
    ReservationId id = shop().reserved(Line.of("tea", 4), Line.of("cup", 2));
    Outcome.Committed committed =
        only(Outcome.Committed.class, shop().outcome(commit(id, Line.sourced("tea", 3))));
    assertEquals(List.of(3L), committed.lines().stream().map(line -> line.quantity()).toList());
    assertEquals(
        List.of(1L, 2L), committed.released().stream().map(line -> line.quantity()).toList());
    assertEquals(new StockCount(2, 0, 3), shop().count("tea"));
    assertEquals(new StockCount(5, 0, 3), shop().count("cup"));
    assertEquals(ReservationState.COMMITTED, view(id).state());
    assertEquals(1, view(id).lines().size());
  }

  @Test
  void commitsNoMoreThanIsHeld() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId id = shop().reserved(Line.of("tea", 2));
    Refusal.MoreThanReserved refused =
        only(Refusal.MoreThanReserved.class, shop().outcome(commit(id, Line.of("tea", 3))));
    assertEquals(2, refused.excesses().getFirst().left());
    only(Refusal.MoreThanReserved.class, shop().outcome(commit(id, Line.of("cup", 1))));
    assertEquals(new StockCount(5, 2, 2), shop().count("tea"));
  }

  @Test
  void takesBackWhatWasCommittedAndNoMore() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId id = shop().reserved(Line.of("tea", 4));
    shop().outcome(commit(id));
    Outcome.Returned returned =
        only(Outcome.Returned.class, shop().outcome(giveBack(id, Line.of("tea", 3))));
    assertEquals(new StockCount(4, 0, 4), returned.lines().getFirst().after());
    only(Refusal.MoreThanReserved.class, shop().outcome(giveBack(id, Line.of("tea", 2))));
    only(Outcome.Returned.class, shop().outcome(giveBack(id)));
    only(Refusal.MoreThanReserved.class, shop().outcome(giveBack(id)));
    assertEquals(new StockCount(5, 0, 5), shop().count("tea"));
    assertEquals(4, view(id).lines().getFirst().returned());
  }

  @Test
  void takesNothingBackThatWasNotCommitted() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId held = shop().reserved(Line.of("tea", 1));
    assertEquals(
        new Refusal.ReservationNotCommitted(held, ReservationState.HELD),
        shop().outcome(giveBack(held)));
  }

  @Test
  void takesEachUnitBackOnce() throws SQLException {
    shop().stocks("tea", 30);
    ReservationId id =
        only(Outcome.Purchased.class, shop().outcome(purchase(Line.of("tea", 30)))).reservation();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(shop().submit(giveBack(id, Line.of("tea", 1))));
    }
    long accepted =
        answers.stream()
            .filter(answer -> answer.join().outcome() instanceof Outcome.Returned)
            .count();
    assertEquals(30, accepted);
    assertEquals(30, shop().count("tea").onHand());
  }

  private static Command.Return giveBack(ReservationId id, Line... lines) {
    return new Command.Return(id, List.of(lines), new Reason("unwanted"));
  }

  @Test
  void doesNotStandInItsOwnWay() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId older = reservedBy(ANN, Line.of("tea", 4));
    only(Refusal.InsufficientStock.class, shop().outcome(by(ANN, Line.of("tea", 5))));
    Outcome.Reserved newer =
        only(Outcome.Reserved.class, shop().outcome(by(ANN, Line.of("tea", 5)).replacing(older)));
    assertEquals(ReservationState.RELEASED, view(older).state());
    assertEquals(new StockCount(5, 5, 4), newer.lines().getFirst().after());
  }

  @Test
  void keepsTheOlderOneWhenTheNewOneIsRefused() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId older = reservedBy(ANN, Line.of("tea", 4));
    only(
        Refusal.InsufficientStock.class,
        shop().outcome(by(ANN, Line.of("tea", 6)).replacing(older)));
    assertEquals(ReservationState.HELD, view(older).state());
  }

  @Test
  void replacesNobodyElses() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId older = reservedBy(ANN, Line.of("tea", 4));
    Command.Reserve foreign = by(new Customer("bob"), Line.of("tea", 1)).replacing(older);
    assertEquals(new Refusal.UnknownReservation(older), shop().outcome(foreign));
  }

  @Test
  void replacesWhatHasEndedWithoutGivingItBackTwice() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId older = reservedBy(ANN, Line.of("tea", 4));
    shop().outcome(new Command.Release(older));
    only(Outcome.Reserved.class, shop().outcome(by(ANN, Line.of("tea", 5)).replacing(older)));
    only(
        Refusal.InsufficientStock.class,
        shop().outcome(by(ANN, Line.of("tea", 1)).replacing(older)));
  }

  private static Command.Reserve by(Customer customer, Line... lines) {
    return new Command.Reserve(List.of(lines), HOUR, customer);
  }

  private ReservationId reservedBy(Customer customer, Line... lines) {
    return only(Outcome.Reserved.class, shop().outcome(by(customer, lines))).reservation();
  }

  @Test
  void refusesALateCommitUnlessTheTenantHasItReservedAgain() throws SQLException {
    shop().stocks("tea", 5);
    ReservationId id = expired(Line.of("tea", 4));
    only(Refusal.ReservationExpired.class, shop().outcome(commit(id)));
    shop().chooses(new StockPolicy(StockPolicy.ExpiredCommit.RESERVE_AGAIN));
    Outcome.Committed committed = only(Outcome.Committed.class, shop().outcome(commit(id)));
    assertTrue(committed.wasExpired());
    assertEquals(1, shop().count("tea").onHand());
    assertEquals(ReservationState.COMMITTED, view(id).state());
    assertEquals(
        new Refusal.ReservationNotHeld(id, ReservationState.COMMITTED), shop().outcome(commit(id)));
  }

  @Test
  void reservesAgainOnlyWhatIsStillThere() throws SQLException {
    shop().chooses(new StockPolicy(StockPolicy.ExpiredCommit.RESERVE_AGAIN)).stocks("tea", 5);
    ReservationId id = expired(Line.of("tea", 4));
    ReservationId other = shop().reserved(Line.of("tea", 3));
    only(Refusal.InsufficientStock.class, shop().outcome(commit(id)));
    assertEquals(ReservationState.EXPIRED, view(id).state());
    Outcome.Committed part =
        only(Outcome.Committed.class, shop().outcome(commit(id, Line.of("tea", 2))));
    assertTrue(part.wasExpired());
    assertEquals(new StockCount(3, 3, shop().count("tea").version()), shop().count("tea"));
    assertFalse(view(other).state() == ReservationState.EXPIRED);
  }

  /// One whose time was up, and whose stock was given back.
  private ReservationId expired(Line... lines) {
    ReservationId id =
        only(
                Outcome.Reserved.class,
                shop().outcome(new Command.Reserve(List.of(lines), SHORTEST, null)))
            .reservation();
    Await.until(
        Duration.ofSeconds(20),
        () -> {
          shop().outcome(new Command.Expire(id));
          return view(id).state() == ReservationState.EXPIRED;
        });
    return id;
  }
}
