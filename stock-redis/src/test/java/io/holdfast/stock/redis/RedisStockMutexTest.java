package io.holdfast.stock.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.redis.ThrowawayRedis;
import io.holdfast.stock.FenceEpochs;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockMutex.Hold;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The locks and tokens by themselves, with epochs from a counter of the test's.
class RedisStockMutexTest {
  private static final TenantId TENANT = new TenantId(7);
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration LEASE = Duration.ofSeconds(2);

  private final ThrowawayRedis redis = TestRedis.start();
  private final AtomicLong epochs = new AtomicLong();
  private final RedisStockMutex mutex = connect(epochs::incrementAndGet);

  private RedisStockMutex connect(FenceEpochs from) {
    return RedisStockMutex.open(RedisUrl.parse("the test", redis.url()), from, LEASE);
  }

  @AfterEach
  void end() throws IOException {
    mutex.close();
    redis.close();
  }

  private static StockFailure.Code codeOf(Runnable attempt) {
    return assertThrows(StockFailure.class, attempt::run).code();
  }

  @Test
  void aRowIsOneHoldersAtATime() {
    try (RedisStockMutex elsewhere = connect(epochs::incrementAndGet)) {
      Hold hold = mutex.acquire(TENANT, List.of("tea"), LONG);
      assertEquals(
          StockFailure.Code.LOCK_NOT_AVAILABLE,
          codeOf(() -> elsewhere.acquire(TENANT, List.of("tea"), SOON)));
      elsewhere.acquire(TENANT, List.of("cup"), LONG).close();
      elsewhere.acquire(new TenantId(8), List.of("tea"), LONG).close();
      hold.close();
      elsewhere.acquire(TENANT, List.of("tea"), LONG).close();
    }
  }

  /// Its time ends while Redis has the last of several questions.
  @Test
  void whoeverHasNoTimeLeftIsToldWhatItWasToldBefore() throws Exception {
    try (RedisStockMutex elsewhere = connect(epochs::incrementAndGet);
        Hold _ = mutex.acquire(TENANT, List.of("tea"), LONG)) {
      RedisCommands.run(redis, "CONFIG RESETSTAT");
      CompletableFuture<StockFailure.Code> waits =
          CompletableFuture.supplyAsync(
              () ->
                  codeOf(
                      () ->
                          elsewhere.acquire(
                              TENANT,
                              List.of("tea"),
                              Redis.ANSWER_MAX.multipliedBy(9).dividedBy(10))));
      Await.until(LEASE, () -> RedisCommands.scriptsAsked(redis) > 2);
      RedisCommands.signal(redis, "STOP");
      try {
        assertEquals(StockFailure.Code.LOCK_NOT_AVAILABLE, waits.join());
      } finally {
        RedisCommands.signal(redis, "CONT");
      }
    }
  }

  @Test
  void whoeverGivesUpKeepsNothing() {
    try (Hold _ = mutex.acquire(TENANT, List.of("tea"), LONG)) {
      assertEquals(
          StockFailure.Code.LOCK_NOT_AVAILABLE,
          codeOf(() -> mutex.acquire(TENANT, List.of("cup", "tea"), SOON)));
      mutex.acquire(TENANT, List.of("cup"), LEASE.dividedBy(2)).close();
    }
  }

  @Test
  void aLockEndsByItselfAndTheNextHolderOutranksTheLast() {
    Hold lost = mutex.acquire(TENANT, List.of("tea"), LONG);
    Hold next = mutex.acquire(TENANT, List.of("tea"), LONG);
    assertTrue(next.token() > lost.token());
    lost.outdated();
    assertEquals(1, epochs.get(), "that is no reason for a new one");
    // What is let go late is no longer its own.
    lost.close();
    assertEquals(
        StockFailure.Code.LOCK_NOT_AVAILABLE,
        codeOf(() -> mutex.acquire(TENANT, List.of("tea"), SOON)));
    next.close();
  }

  @Test
  void tokensGrowWhateverRedisForgets() throws IOException {
    long newest = 0;
    try (RedisStockMutex elsewhere = connect(epochs::incrementAndGet)) {
      for (int i = 0; i < 20; i++) {
        Hold held = mutex.acquire(TENANT, List.of("tea"), LONG);
        assertTrue(held.token() > newest);
        RedisCommands.forgetEverything(redis);
        Hold after = elsewhere.acquire(TENANT, List.of("tea"), LONG);
        assertTrue(after.token() > held.token());
        newest = after.token();
        held.close();
        after.close();
      }
    }
    assertEquals(21, epochs.get(), "one at first, and one for each time");
  }

  @Test
  void tokensGrowWhenTheDatabaseHasSeenANewerOne() throws IOException {
    Hold first = mutex.acquire(TENANT, List.of("tea"), LONG);
    first.close();
    RedisCommands.run(redis, "SET holdfast:{7}:count 3");
    Hold old = mutex.acquire(TENANT, List.of("tea"), LONG);
    assertTrue(old.token() < first.token());
    old.outdated();
    old.close();
    Hold next = mutex.acquire(TENANT, List.of("tea"), LONG);
    assertTrue(next.token() > first.token());
    next.close();
  }

  /// Whoever was paused with an epoch in hand must not begin the count of a Redis that has lost
  /// another one meanwhile: its tokens would be outranked by those that are still held.
  @Test
  void anEpochThatWasDrawnBeforeTheLastLossBeginsNothing() throws Exception {
    CountDownLatch drawn = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean isFirst = new AtomicBoolean(true);
    FenceEpochs paused =
        () -> {
          long epoch = epochs.incrementAndGet();
          if (isFirst.getAndSet(false)) {
            drawn.countDown();
            awaitQuietly(goOn);
          }
          return epoch;
        };
    try (RedisStockMutex late = connect(paused)) {
      CompletableFuture<Hold> hold =
          CompletableFuture.supplyAsync(() -> late.acquire(TENANT, List.of("tea"), LONG));
      drawn.await();
      Hold held = mutex.acquire(TENANT, List.of("cup"), LONG);
      RedisCommands.forgetEverything(redis);
      goOn.countDown();
      assertTrue(hold.join().token() > held.token());
    }
    assertEquals(3, epochs.get(), "the first of them was given up");
  }

  @Test
  void anOrderOfManyLinesHasItsTurnAmongThoseOfOne() {
    List<String> rows = List.of("a", "b", "c", "d", "e");
    AtomicBoolean isOver = new AtomicBoolean();
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (String row : rows) {
      for (int i = 0; i < 4; i++) {
        others.add(
            CompletableFuture.runAsync(() -> passBy(row, isOver), Thread::startVirtualThread));
      }
    }
    try (RedisStockMutex elsewhere = connect(epochs::incrementAndGet)) {
      for (int i = 0; i < 10; i++) {
        elsewhere.acquire(TENANT, rows, LONG).close();
        mutex.acquire(TENANT, rows, LONG).close();
      }
    }
    isOver.set(true);
    others.forEach(CompletableFuture::join);
  }

  private void passBy(String row, AtomicBoolean isOver) {
    while (!isOver.get()) {
      mutex.acquire(TENANT, List.of(row), LONG).close();
    }
  }

  @Test
  void aRedisThatCanNotBeReachedIsSaidAtOnce() {
    for (String url :
        List.of("redis://127.0.0.1:1", redis.url().replace("redis://:", "redis://:x"))) {
      RedisUrl wrong = RedisUrl.parse("the test", url);
      assertEquals(
          StockFailure.Code.MUTEX_UNAVAILABLE,
          codeOf(() -> RedisStockMutex.open(wrong, epochs::incrementAndGet)));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
