package io.holdfast.stock.redis;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.redis.ThrowawayRedis;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver.Retry;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.testing.Await;
import io.holdfast.stock.testing.Shop;
import io.holdfast.stock.testing.StockContract;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A Redis that dies, hangs or forgets makes answers late or busy, and none of them wrong.
class RedisOutageTest extends StockContract {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration BACK = Duration.ofSeconds(10);
  private static final Set<StockFailure.Code> BUSY_WITHOUT_REDIS =
      EnumSet.of(
          StockFailure.Code.MUTEX_UNAVAILABLE,
          StockFailure.Code.LOCK_NOT_AVAILABLE,
          StockFailure.Code.PATIENCE_EXHAUSTED);

  private final ThrowawayRedis redis = TestRedis.start();
  private final RedisStockMutex mutex = TestRedis.mutex(redis, RedisStockMutex.DEFAULT_LEASE);
  private final Retries retries = new Retries();

  @Override
  protected Control control() {
    return Control.FENCED_LOCK;
  }

  @Override
  protected EngineSettings usual() {
    return EngineSettings.with(control()).mutex(mutex).observer(retries).build();
  }

  @AfterEach
  void end() throws IOException {
    mutex.close();
    redis.close();
  }

  @Test
  void aDeadRedisIsBusyAndItsReturnIsNoticed() throws Exception {
    shop().stocks("tea", 1_000);
    buy();
    redis.kill();
    assertEquals(List.of(), boughtInTime(100));
    assertEquals(new StockCount(999, 0, 2), shop().count("tea"));
    redis.restart();
    Await.until(BACK, () -> outcome(purchaseOfOne()).isPresent());
    assertEquals(50, boughtInTime(50).size());
    assertEquals(new StockCount(948, 0, 53), shop().count("tea"));
    assertTrue(mutex.isReachable());
  }

  @Test
  void aRedisThatHangsIsBusyWithinTheCallersPatience() throws Exception {
    shop().stocks("tea", 1_000);
    buy();
    RedisCommands.signal(redis, "STOP");
    try {
      assertEquals(List.of(), boughtInTime(200));
      assertTrue(!mutex.isReachable());
    } finally {
      RedisCommands.signal(redis, "CONT");
    }
    // What it was asked for while it hung, it does now, for askers that have gone.
    Await.until(BACK, () -> outcome(purchaseOfOne()).isPresent());
    assertEquals(new StockCount(998, 0, 3), shop().count("tea"));
  }

  @Test
  void aRedisThatForgetsEverythingAgainAndAgainMakesNoSaleTwice() throws Exception {
    shop().stocks("ticket", 300);
    RedisStockMutex other = TestRedis.mutex(redis, RedisStockMutex.DEFAULT_LEASE);
    try (other;
        StockEngine second =
            StockEngine.open(database.pool(), settings().with().mutex(other).build())) {
      Shop sameShop = new Shop(second, database.pool(), shop().tenant());
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(shop().submit(purchase(Line.of("ticket", 1))));
        answers.add(sameShop.submit(purchase(Line.of("ticket", 1))));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
      int forgot = 0;
      while (!all.isDone()) {
        RedisCommands.forgetEverything(redis);
        forgot++;
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
      assertTrue(forgot > 20, () -> "it was over too soon");
      assertEquals(300, count(answers, Outcome.Purchased.class));
      assertEquals(100, count(answers, Refusal.InsufficientStock.class));
    }
    assertEquals(new StockCount(0, 0, 301), shop().count("ticket"));
  }

  @Test
  void aRedisThatDiesUnderLoadLosesNoSaleAndMakesNoneTwice() throws Exception {
    shop().stocks("ticket", 200);
    List<CompletableFuture<Outcome>> buyers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String key = "buyer-" + i;
      buyers.add(CompletableFuture.supplyAsync(() -> insistently(key), Thread::startVirtualThread));
    }
    for (int sold : List.of(50, 100, 150)) {
      Await.until(BACK.multipliedBy(3), () -> shop().count("ticket").onHand() <= 200 - sold);
      redis.kill();
      redis.restart();
    }
    List<Outcome> outcomes = buyers.stream().map(CompletableFuture::join).toList();
    assertEquals(200, outcomes.stream().filter(Outcome.Purchased.class::isInstance).count());
    assertEquals(new StockCount(0, 0, 201), shop().count("ticket"));
  }

  /// As one that was restored from what it had kept of yesterday.
  @Test
  void aRedisWhoseCountWentBackIsSetRightByTheDatabase() throws Exception {
    shop().stocks("tea", 10);
    buy();
    RedisCommands.run(redis, "SET holdfast:{" + shop().tenant().value() + "}:count 7");
    buy();
    assertEquals(1, retries.of(Retry.FENCED), "the database knew newer tokens");
    buy();
    assertEquals(1, retries.of(Retry.FENCED), "now there are newer ones");
    assertEquals(new StockCount(7, 0, 4), shop().count("tea"));
  }

  private CompletableFuture<Answer> purchaseOfOne() {
    return shop().submit(purchase(Line.of("tea", 1)), shop().call().withPatience(PATIENCE));
  }

  private void buy() {
    assertInstanceOf(Outcome.Purchased.class, purchaseOfOne().join().outcome());
  }

  /// What so many who buy at once get; each of the others is told in time that it is busy.
  private List<Outcome> boughtInTime(int buyers) {
    long start = System.nanoTime();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < buyers; i++) {
      answers.add(purchaseOfOne());
    }
    List<Outcome> outcomes = answers.stream().flatMap(answer -> outcome(answer).stream()).toList();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(PATIENCE) < 0, () -> "the last was told after " + took);
    return outcomes;
  }

  private static Optional<Outcome> outcome(CompletableFuture<Answer> answer) {
    try {
      return Optional.of(answer.join().outcome());
    } catch (CompletionException e) {
      StockFailure failure = assertInstanceOf(StockFailure.class, e.getCause());
      assertEquals(StockFailure.Category.BUSY, failure.category());
      assertTrue(BUSY_WITHOUT_REDIS.contains(failure.code()), failure::toString);
      return Optional.empty();
    }
  }

  /// A buyer who is told "busy" asks again a moment later, with the same key, until there is an
  /// answer.
  private Outcome insistently(String key) {
    while (true) {
      Optional<Outcome> outcome =
          outcome(shop().submit(purchase(Line.of("ticket", 1)), shop().call(key)));
      if (outcome.isPresent()) {
        return outcome.get();
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static long count(List<CompletableFuture<Answer>> answers, Class<?> outcome) {
    return answers.stream().filter(answer -> outcome.isInstance(answer.join().outcome())).count();
  }
}
