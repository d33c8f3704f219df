package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.reserveFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.StockEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is reserved for too long comes back by itself, and soon, whatever is in the way of others.
public abstract class SweepingContract extends StockContract {
  private static final Duration TTL = Duration.ofSeconds(1);

  /// After its time, stock is to be available again within five seconds.
  private static final Duration BACK = TTL.plusSeconds(5);

  /// How many reservations are due together: more than are taken up at once.
  protected int many() {
    return 400;
  }

  /// The engine under test only reserves. What sweeps is opened when everything is in its place, so
  /// that none of it comes back before, however slow the machine.
  @Override
  protected final EngineSettings settings() {
    return super.settings().with().sweepInterval(Duration.ZERO).build();
  }

  private EngineSettings sweepingEvery(Duration interval) {
    return settings().with().sweepInterval(interval).build();
  }

  private void reserve(Shop shop, String sku, int times) {
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, times)
            .mapToObj(_ -> shop.submit(reserveFor(TTL, Line.of(sku, 1))))
            .toList();
    answers.forEach(answer -> assertInstanceOf(Outcome.Reserved.class, answer.join().outcome()));
  }

  private static void awaitBack(Shop shop, String sku, Duration atMost) {
    Await.until(atMost, () -> shop.count(sku).reserved() == 0);
  }

  @Test
  void aHeldRowMakesNoOtherStockComeBackLate() throws SQLException {
    shop().stocks("held", many()).stocks("free", 10);
    Shop neighbour = new Shop(engine(), database.pool(), database.newTenant()).stocks("tea", 10);
    reserve(shop(), "held", many() / 2);
    reserve(shop(), "free", 1);
    reserve(neighbour, "tea", 1);
    EngineSettings sweeping = sweepingEvery(super.settings().sweepInterval());
    try (Connection stranger = database.connectAsSuperuser()) {
      shop().hold(stranger, "held");
      try (StockEngine _ = StockEngine.open(database.pool(), sweeping)) {
        awaitBack(neighbour, "tea", BACK);
        awaitBack(shop(), "free", BACK);
        assertEquals(many() / 2, shop().count("held").reserved(), "its row is still held");
        stranger.rollback();
        awaitBack(shop(), "held", BACK.multipliedBy(3));
      }
    }
  }

  @Test
  void aBacklogComesBackAndKeepsNoCallerOut() throws SQLException {
    shop().stocks("tea", many()).stocks("cup", 1_000_000);
    reserve(shop(), "tea", many());
    EngineSettings small = sweepingEvery(Duration.ofMillis(50)).with().laneCapacity(200).build();
    try (StockEngine engine = StockEngine.open(database.pool(), small)) {
      Shop buying = new Shop(engine, database.pool(), shop().tenant());
      long start = System.nanoTime();
      Duration worst = Duration.ZERO;
      while (shop().count("tea").reserved() > 0) {
        long asked = System.nanoTime();
        assertInstanceOf(Outcome.Purchased.class, buying.outcome(purchase(Line.of("cup", 1))));
        Duration wait = Duration.ofNanos(System.nanoTime() - asked);
        worst = wait.compareTo(worst) > 0 ? wait : worst;
        assertTrue(System.nanoTime() - start < Duration.ofMinutes(1).toNanos(), "it comes back");
      }
      assertTrue(worst.compareTo(Duration.ofSeconds(1)) < 0, "a buyer waited for " + worst);
    }
  }
}
