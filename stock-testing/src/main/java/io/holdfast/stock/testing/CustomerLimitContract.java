package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockPolicy.ExpiredCommit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What one customer may have, over all of that customer's orders.
public abstract class CustomerLimitContract extends StockContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Customer ANN = new Customer("ann");
  private static final Customer BOB = new Customer("bob");

  private static Command.Reserve reserve(Customer customer, Line... lines) {
    return new Command.Reserve(List.of(lines), HOUR, customer);
  }

  private static Command.Purchase purchase(Customer customer, Line... lines) {
    return new Command.Purchase(List.of(lines), customer);
  }

  private void limit(long quantity, Duration window) throws SQLException {
    shop().limits(new PurchaseLimit(new Sku("tea"), quantity, window));
  }

  private ReservationId reserved(Customer customer, Line... lines) {
    return only(Outcome.Reserved.class, shop().outcome(reserve(customer, lines))).reservation();
  }

  @Test
  void countsOverAllOrdersOfACustomer() throws SQLException {
    shop().stocks("tea", 100);
    limit(4, HOUR);
    reserved(ANN, Line.of("tea", 2));
    only(Outcome.Purchased.class, shop().outcome(purchase(ANN, Line.of("tea", 1))));
    Refusal.LimitExceeded refused =
        only(Refusal.LimitExceeded.class, shop().outcome(purchase(ANN, Line.sourced("tea", 2))));
    assertEquals(3, refused.claimed());
    assertEquals(2, refused.wanted());
    only(Outcome.Purchased.class, shop().outcome(purchase(ANN, Line.of("tea", 1))));
    only(Outcome.Purchased.class, shop().outcome(purchase(BOB, Line.of("tea", 4))));
    assertEquals(100 - 6, shop().count("tea").onHand());
  }

  @Test
  void addsUpLinesAndLetsNobodyPassForAnother() throws SQLException {
    shop().stocks("tea", 100).sells("cup");
    limit(4, HOUR);
    only(
        Refusal.LimitExceeded.class,
        shop().outcome(purchase(ANN, Line.of("tea", 2), Line.sourced("tea", 3))));
    only(
        Outcome.Purchased.class,
        shop().outcome(new Command.Purchase(List.of(Line.of("tea", 50)), null)));
  }

  @Test
  void forgetsWhatWasReleasedOrHasExpiredOrCameBack() throws SQLException {
    shop().stocks("tea", 100);
    limit(4, HOUR);
    shop().outcome(new Command.Release(reserved(ANN, Line.of("tea", 4))));
    ReservationId short1 =
        only(
                Outcome.Reserved.class,
                shop()
                    .outcome(
                        new Command.Reserve(
                            List.of(Line.of("tea", 4)), Duration.ofSeconds(1), ANN)))
            .reservation();
    Await.until(
        Duration.ofSeconds(20),
        () -> !(shop().outcome(new Command.Expire(short1)) instanceof Refusal.ReservationNotDue));
    ReservationId bought = reserved(ANN, Line.of("tea", 4));
    shop().outcome(new Command.Commit(bought));
    only(Refusal.LimitExceeded.class, shop().outcome(purchase(ANN, Line.of("tea", 1))));
    shop().outcome(new Command.Return(bought, List.of(Line.of("tea", 3)), null));
    only(Outcome.Purchased.class, shop().outcome(purchase(ANN, Line.of("tea", 3))));
    only(Refusal.LimitExceeded.class, shop().outcome(purchase(ANN, Line.of("tea", 1))));
  }

  @Test
  void holdsAChangeAndAPartToTheLimit() throws SQLException {
    shop().stocks("tea", 100);
    limit(4, HOUR);
    ReservationId id = reserved(ANN, Line.of("tea", 3));
    only(
        Refusal.LimitExceeded.class,
        shop().outcome(new Command.Change(id, List.of(Line.of("tea", 5)))));
    only(Outcome.Changed.class, shop().outcome(new Command.Change(id, List.of(Line.of("tea", 4)))));
    only(
        Outcome.Committed.class,
        shop().outcome(new Command.Commit(id, List.of(Line.of("tea", 1)))));
    only(Outcome.Purchased.class, shop().outcome(purchase(ANN, Line.of("tea", 3))));
  }

  @Test
  void countsNothingThatWasClaimedBeforeTheLimit() throws SQLException {
    shop().stocks("tea", 100);
    ReservationId early = reserved(ANN, Line.of("tea", 5));
    limit(3, HOUR);
    only(Outcome.Committed.class, shop().outcome(new Command.Commit(early)));
    shop().outcome(new Command.Return(early, List.of(Line.of("tea", 1)), null));
    only(Outcome.Purchased.class, shop().outcome(purchase(ANN, Line.of("tea", 3))));
    only(Refusal.LimitExceeded.class, shop().outcome(purchase(ANN, Line.of("tea", 1))));
  }

  @Test
  void countsWhatAChangeAddsFromTheChangeOn() throws SQLException {
    shop().stocks("tea", 100);
    limit(2, Duration.ofSeconds(1));
    ReservationId id = reserved(ANN, Line.of("tea", 1));
    Await.until(
        Duration.ofSeconds(20),
        () -> shop().outcome(purchase(ANN, Line.of("tea", 2))) instanceof Outcome.Purchased);
    limit(2, HOUR);
    only(
        Refusal.LimitExceeded.class,
        shop().outcome(new Command.Change(id, List.of(Line.of("tea", 50)))));
    only(Outcome.Committed.class, shop().outcome(new Command.Commit(id)));
  }

  @Test
  void letsACustomerReplaceWhatCounts() throws SQLException {
    shop().stocks("tea", 100);
    limit(4, HOUR);
    ReservationId older = reserved(ANN, Line.of("tea", 4));
    Command.Reserve newer = reserve(ANN, Line.of("tea", 3));
    only(Refusal.LimitExceeded.class, shop().outcome(newer));
    only(Outcome.Reserved.class, shop().outcome(newer.replacing(older)));
  }

  @Test
  void forgetsWhatIsOlderThanTheWindow() throws SQLException {
    shop().stocks("tea", 100);
    limit(1, Duration.ofSeconds(1));
    only(Outcome.Purchased.class, shop().outcome(purchase(ANN, Line.of("tea", 1))));
    Await.until(
        Duration.ofSeconds(20),
        () -> shop().outcome(purchase(ANN, Line.of("tea", 1))) instanceof Outcome.Purchased);
    assertEquals(98, shop().count("tea").onHand());
  }

  @Test
  void letsWhoeverIsOverALimitThatWasLoweredGiveBack() throws SQLException {
    shop().stocks("tea", 100);
    limit(9, HOUR);
    ReservationId id = reserved(ANN, Line.of("tea", 9));
    limit(2, HOUR);
    only(Outcome.Changed.class, shop().outcome(new Command.Change(id, List.of(Line.of("tea", 5)))));
    only(Outcome.Released.class, shop().outcome(new Command.Release(id)));
  }

  @Test
  void capsWhatIsHeldForACustomerAtATime() throws SQLException {
    shop().chooses(new StockPolicy(ExpiredCommit.REFUSE, 2L)).stocks("tea", 100);
    ReservationId first = reserved(ANN, Line.of("tea", 1));
    reserved(ANN, Line.of("tea", 1));
    assertEquals(
        new Refusal.TooManyReservations(ANN, 2), shop().outcome(reserve(ANN, Line.of("tea", 1))));
    reserved(BOB, Line.of("tea", 1));
    only(Outcome.Reserved.class, shop().outcome(reserve(ANN, Line.of("tea", 1)).replacing(first)));
    only(Outcome.Purchased.class, shop().outcome(purchase(ANN, Line.of("tea", 1))));
  }

  @Test
  void holdsManyOrdersAtOnceToTheLimit() throws SQLException {
    shop().stocks("tea", 1_000).stocksAt("north", 10, "tea", 1_000);
    limit(10, HOUR);
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Line line = i % 2 == 0 ? Line.of("tea", 1) : Line.of("tea", "north", 1);
      answers.add(shop().submit(i % 3 == 0 ? reserve(ANN, line) : purchase(ANN, line)));
    }
    long taken = answers.stream().filter(a -> a.join().outcome() instanceof Outcome.Effect).count();
    assertEquals(10, taken);
  }

  @Test
  void waitsForNobodyElsesRow() throws SQLException {
    shop().stocks("tea", 100);
    limit(4, HOUR);
    reserved(ANN, Line.of("tea", 1));
    try (Connection stranger = database.connectAsSuperuser();
        Statement statement = stranger.createStatement()) {
      stranger.setAutoCommit(false);
      statement.execute(
          "SELECT FROM holdfast.customer_tallies WHERE customer = 'ann' AND tenant_id = "
              + shop().tenant().value()
              + " FOR UPDATE");
      CompletableFuture<Answer> anns = shop().submit(purchase(ANN, Line.of("tea", 1)));
      only(Outcome.Purchased.class, shop().outcome(purchase(BOB, Line.of("tea", 1))));
      assertFalse(anns.isDone());
      stranger.rollback();
      only(Outcome.Purchased.class, anns.join().outcome());
    }
  }

  @Test
  void findsATallyThatSomebodyTamperedWith() throws SQLException {
    shop().stocks("tea", 100).chooses(new StockPolicy(ExpiredCommit.REFUSE, 5L));
    limit(4, HOUR);
    reserved(ANN, Line.of("tea", 3));
    assertEquals(List.of(), differences());
    tamper("claimed_units = ARRAY[1::bigint]");
    assertTrue(differences().getFirst().check().contains("claimed"));
    tamper("claimed_units = ARRAY[3::bigint], held = ARRAY[gen_random_uuid()]");
    assertTrue(differences().getFirst().check().contains("held"));
    tamper("held = claimed_by");
  }

  private void tamper(String change) throws SQLException {
    try (Connection owner = database.connectAsSuperuser();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "UPDATE holdfast.customer_tallies SET "
              + change
              + " WHERE tenant_id = "
              + shop().tenant().value());
    }
  }
}
