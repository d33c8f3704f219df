package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static io.holdfast.stock.testing.Shop.reserve;
import static io.holdfast.stock.testing.Shop.reserveFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What holds when everybody comes at once: nothing twice, nothing lost, the sums kept.
public abstract class ContentionContract extends StockContract {

  @Test
  void sellsExactlyWhatThereIs() throws SQLException {
    shop().stocks("ticket", 50);
    List<Outcome> outcomes =
        all(IntStream.range(0, 400).mapToObj(i -> purchase(Line.of("ticket", 1))).toList());
    assertEquals(50, count(outcomes, Outcome.Purchased.class));
    assertEquals(350, count(outcomes, Refusal.InsufficientStock.class));
    assertEquals(new StockCount(0, 0, 51), shop().count("ticket"));
  }

  @Test
  void sellsExactlyWhatThereIsOverTwoEngines() throws SQLException {
    shop().stocks("ticket", 50);
    try (StockEngine second = StockEngine.open(database.pool(), settings())) {
      Shop sameShop = new Shop(second, database.pool(), shop().tenant());
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        answers.add(shop().submit(purchase(Line.of("ticket", 1))));
        answers.add(sameShop.submit(purchase(Line.of("ticket", 1))));
      }
      List<Outcome> outcomes = outcomes(answers);
      assertEquals(50, count(outcomes, Outcome.Purchased.class));
      assertEquals(250, count(outcomes, Refusal.InsufficientStock.class));
    }
  }

  @Test
  void countsEveryReceiptAndEveryPurchase() throws SQLException {
    shop().stocks("sweet", 1_000);
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      commands.add(purchase(Line.of("sweet", 3)));
      commands.add(receive("sweet", 2));
    }
    Collections.shuffle(commands, new Random(7));
    List<Outcome> outcomes = all(commands);
    assertEquals(200, count(outcomes, Outcome.Purchased.class));
    assertEquals(200, count(outcomes, Outcome.Received.class));
    assertEquals(new StockCount(800, 0, 401), shop().count("sweet"));
  }

  @Test
  void countsEveryFirstReceiptOverTwoEngines() throws SQLException {
    try (StockEngine second = StockEngine.open(database.pool(), settings())) {
      Shop sameShop = new Shop(second, database.pool(), shop().tenant());
      for (int round = 0; round < 20; round++) {
        String sku = "new " + round;
        shop().sells(sku);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          answers.add(shop().submit(receive(sku, 1)));
          answers.add(sameShop.submit(receive(sku, 2)));
        }
        assertEquals(20, count(outcomes(answers), Outcome.Received.class));
        assertEquals(new StockCount(30, 0, 20), shop().count(sku));
      }
    }
  }

  @Test
  void ordersOfOverlappingLinesAreWholeAndNeverDeadlock() throws SQLException {
    for (int i = 0; i < 8; i++) {
      shop().stocks("part" + i, 60);
    }
    Random random = new Random(11);
    List<Command> orders = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      List<Line> lines =
          random
              .ints(0, 8)
              .distinct()
              .limit(2 + random.nextInt(4))
              .mapToObj(part -> Line.of("part" + part, 1))
              .toList();
      orders.add(reserve(lines.toArray(Line[]::new)));
    }
    List<Outcome> outcomes = all(orders);
    long lines =
        outcomes.stream()
            .filter(Outcome.Reserved.class::isInstance)
            .mapToLong(outcome -> ((Outcome.Reserved) outcome).lines().size())
            .sum();
    long reserved = IntStream.range(0, 8).mapToLong(i -> shop().count("part" + i).reserved()).sum();
    assertEquals(lines, reserved);
    assertEquals(
        300,
        count(outcomes, Outcome.Reserved.class) + count(outcomes, Refusal.InsufficientStock.class));
    assertTrue(count(outcomes, Refusal.InsufficientStock.class) > 0, "some come too late");
  }

  @Test
  void endsAReservationOnceHoweverManyTry() throws SQLException {
    shop().stocks("tea", 100);
    List<ReservationId> ids =
        IntStream.range(0, 20).mapToObj(_ -> shop().reserved(Line.of("tea", 1))).toList();
    List<Command> endings = new ArrayList<>();
    for (ReservationId id : ids) {
      for (int i = 0; i < 5; i++) {
        endings.add(new Command.Commit(id));
        endings.add(new Command.Release(id));
      }
    }
    Collections.shuffle(endings, new Random(3));
    List<Outcome> outcomes = all(endings);
    long committed = count(outcomes, Outcome.Committed.class);
    assertEquals(20, committed + count(outcomes, Outcome.Released.class));
    assertEquals(180, count(outcomes, Refusal.ReservationNotHeld.class));
    assertEquals(100 - committed, shop().count("tea").onHand());
    assertEquals(0, shop().count("tea").reserved());
  }

  @Test
  void oneKeyHasOneEffectHoweverOftenItIsSent() throws SQLException {
    shop().stocks("tea", 100);
    try (StockEngine second = StockEngine.open(database.pool(), settings())) {
      Shop sameShop = new Shop(second, database.pool(), shop().tenant());
      for (int round = 0; round < 10; round++) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          answers.add(shop().submit(purchase(Line.of("tea", 1)), shop().call("k" + round)));
          answers.add(sameShop.submit(purchase(Line.of("tea", 1)), sameShop.call("k" + round)));
        }
        Set<Outcome> different = new HashSet<>(outcomes(answers));
        assertEquals(1, different.size(), "everybody is told the same");
        assertEquals(
            1,
            answers.stream().filter(answer -> !answer.join().replayed()).count(),
            "one of them had the effect");
      }
    }
    assertEquals(90, shop().count("tea").onHand());
  }

  @Test
  void oneKeyForDifferentRequestsHasOneEffect() throws SQLException {
    shop().stocks("tea", 100).stocks("cup", 100);
    for (int round = 0; round < 10; round++) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String sku = i % 2 == 0 ? "tea" : "cup";
        answers.add(shop().submit(purchase(Line.of(sku, 1)), shop().call("k" + round)));
      }
      List<Outcome> outcomes = outcomes(answers);
      assertEquals(4, count(outcomes, Outcome.Purchased.class), "of the one that was first");
      assertEquals(4, count(outcomes, Refusal.KeyReused.class), "of the other");
    }
    assertEquals(190, shop().count("tea").onHand() + shop().count("cup").onHand());
  }

  @Test
  void expiresByItselfAndGivesTheStockBack() throws SQLException {
    shop().stocks("tea", 3);
    Outcome.Reserved held =
        only(
            Outcome.Reserved.class,
            shop().outcome(reserveFor(Duration.ofSeconds(1), Line.of("tea", 3))));
    Await.until(Duration.ofSeconds(6), () -> shop().count("tea").available() == 3);
    ReservationView view =
        StockReader.of(database.pool())
            .reservation(shop().tenant(), held.reservation())
            .orElseThrow();
    assertEquals(ReservationState.EXPIRED, view.state());
    assertTrue(!held.expiresAt().isAfter(java.util.Objects.requireNonNull(view.endedAt())));
    assertEquals(
        new Refusal.ReservationExpired(held.reservation(), held.expiresAt()),
        shop().outcome(new Command.Commit(held.reservation())));
  }

  protected final List<Outcome> all(List<? extends Command> commands) {
    return outcomes(commands.stream().map(shop()::submit).toList());
  }

  protected static List<Outcome> outcomes(List<CompletableFuture<Answer>> answers) {
    return answers.stream().map(answer -> answer.join().outcome()).toList();
  }

  protected static long count(List<Outcome> outcomes, Class<? extends Outcome> type) {
    return outcomes.stream().filter(type::isInstance).count();
  }
}
