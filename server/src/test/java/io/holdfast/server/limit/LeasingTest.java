package io.holdfast.server.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A node whose database is not what it should be.
class LeasingTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final long SECOND_NANOS = 1_000_000_000;

  private final AtomicLong now = new AtomicLong(SECOND_NANOS);

  private RequestRates rates(Rate rate, Lessor lessor) {
    LimitSettings settings =
        new LimitSettings(
            Optional.of(rate), Optional.empty(), Optional.empty(), false, Optional.empty());
    return RequestRates.of(settings, lessor, now::get, new LimitMetrics());
  }

  private int admitted(RequestRates rates, String key, int requests) {
    int admitted = 0;
    for (int i = 0; i < requests; i++) {
      admitted += rates.nanosToWait(LimitKind.KEY, TENANT, key) == 0 ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void goesOnAloneWhileTheDatabaseFails() {
    AtomicInteger tried = new AtomicInteger();
    Lessor broken =
        _ -> {
          tried.incrementAndGet();
          throw new IllegalStateException("away");
        };
    try (RequestRates rates = rates(new Rate(100, 50), broken)) {
      int admitted = 0;
      for (int millis = 0; millis < 10_000; millis += 10) {
        now.addAndGet(10_000_000);
        admitted += admitted(rates, "a", 5);
        LockSupport.parkNanos(200_000);
      }
      assertTrue(admitted >= 900, "admitted only " + admitted);
      assertTrue(admitted <= 50 + 1_000 + 50, "admitted " + admitted);
      assertTrue(tried.get() >= 2 && tried.get() <= 20, "tried " + tried);
    }
  }

  @Test
  void nobodyWaitsForADatabaseThatHangs() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Lessor hanging =
        asks -> {
          asked.incrementAndGet();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return asks.stream().map(_ -> new Grant(0, 0)).toList();
        };
    try (RequestRates rates = rates(new Rate(1_000, 1_000), hanging)) {
      long start = System.nanoTime();
      assertEquals(1_000, admitted(rates, "a", 2_000));
      assertTrue(System.nanoTime() - start < SECOND_NANOS / 2);
      // Then it leases from itself, and asks the database no second time before it has answered.
      boolean isAdmitted = false;
      long giveUp = System.nanoTime() + 20 * SECOND_NANOS;
      while (!isAdmitted && System.nanoTime() < giveUp) {
        now.addAndGet(SECOND_NANOS);
        isAdmitted = admitted(rates, "a", 1) == 1;
        LockSupport.parkNanos(1_000_000);
      }
      assertTrue(isAdmitted, "nothing is admitted while the database hangs");
      assertEquals(1, asked.get());
    } finally {
      end.countDown();
    }
  }

  @Test
  void tellsWhoeverIsRefusedWhenTheNextTokenComes() {
    try (RequestRates rates = rates(new Rate(1, 3), emptied())) {
      long giveUp = System.nanoTime() + 10 * SECOND_NANOS;
      long wait = 0;
      while (wait <= SECOND_NANOS && System.nanoTime() < giveUp) {
        wait = rates.nanosToWait(LimitKind.KEY, TENANT, "a");
      }
      assertEquals(5 * SECOND_NANOS, wait, "four in debt: five until there is one");
    }
  }

  private static Lessor emptied() {
    return asks -> asks.stream().map(_ -> new Grant(0, -4 * Rate.MICRO)).toList();
  }

  @Test
  void keepsCountOfSoManyAndGivesAllOthersOneAllowanceTogether() {
    Rate rate = new Rate(1, 10);
    Leasing leasing =
        new Leasing(
            asks -> asks.stream().map(_ -> new Grant(0, 0)).toList(),
            Executors.newVirtualThreadPerTaskExecutor(),
            now::get,
            new LimitMetrics());
    Allowances some = new Allowances("key", rate, 5, leasing, now::get);
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      admitted += some.takeOrNanosToWait(new Bucket(1, "key " + i)) == 0 ? 1 : 0;
    }
    assertEquals(5, some.size());
    assertTrue(admitted >= 6 && admitted <= 5 + 10, "admitted " + admitted);
  }

  @Test
  void forgetsWhoeverHasNotComeForLongEnough() throws InterruptedException {
    TokenBucket bucket = new TokenBucket(new Rate(10, 10), 10 * Rate.MICRO, 0);
    Lessor lessor =
        asks ->
            asks.stream()
                .map(ask -> bucket.lease(ask.charge(), ask.wish(), now.get() / 1_000))
                .toList();
    Leasing leasing =
        new Leasing(
            lessor, Executors.newVirtualThreadPerTaskExecutor(), now::get, new LimitMetrics());
    Allowances some = new Allowances("key", new Rate(10, 10), 5, leasing, now::get);
    some.takeOrNanosToWait(new Bucket(1, "a"));
    long giveUp = System.nanoTime() + 10 * SECOND_NANOS;
    while (some.size() > 0 && System.nanoTime() < giveUp) {
      now.addAndGet(SECOND_NANOS / 2);
      some.tidy();
    }
    assertEquals(0, some.size());
    // What it held was given back.
    assertEquals(List.of(10L), List.of(bucket.lease(0, 20, now.get() / 1_000).tokens()));
  }
}
