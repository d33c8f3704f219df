package io.holdfast.server.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.stock.TenantId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lease against a real database, under the role that serves.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateBucketsTest {
  private static final long SECOND_NANOS = 1_000_000_000;

  private Cluster cluster;
  private Jdbi application;
  private Jdbi superuser;
  private RateBuckets buckets;

  /// Filled in by [#migrate], which runs before the tests.
  @SuppressWarnings("NullAway.Init")
  RateBucketsTest() {}

  @BeforeAll
  void migrate(@TempDir Path folder) {
    cluster = Cluster.open(folder.resolve("data"), ClusterSettings.throwaway());
    Flyway.configure()
        .dataSource("jdbc:" + withoutScheme(cluster.ownerUrl()), null, null)
        .locations("classpath:io/holdfast/stock/schema", "classpath:io/holdfast/server/schema")
        .schemas("holdfast")
        .createSchemas(true)
        .outOfOrder(true)
        .load()
        .migrate();
    application = Jdbi.create("jdbc:" + withoutScheme(cluster.appUrl()));
    superuser = Jdbi.create("jdbc:" + withoutScheme(cluster.superuserUrl()));
    buckets = new RateBuckets(application);
  }

  private static String withoutScheme(String url) {
    return url.replaceFirst("^jdbc:", "");
  }

  @AfterAll
  void destroy() {
    cluster.destroy();
  }

  private static Ask ask(long tenant, String name, Rate rate, long charge, long wish) {
    return new Ask(new Allowance(new Bucket(tenant, name), rate, 0), charge, wish);
  }

  /// Moves the bucket's last filling into the past, as if that long had gone by.
  private void letPass(long tenant, long micros) {
    superuser.useHandle(
        handle ->
            handle.execute(
                "UPDATE holdfast.rate_buckets SET refilled_at = refilled_at"
                    + " - make_interval(secs => ? / 1e6) WHERE tenant_id = ?",
                (double) micros,
                tenant));
  }

  @ParameterizedTest
  @CsvSource({"101", "102", "103", "104"})
  void givesWhatTheArithmeticGives(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // So slow that what passes by itself while the test runs is no token.
    Rate rate = new Rate(1, random.nextLong(1, 2_000));
    TokenBucket model = new TokenBucket(rate, rate.burstMicroTokens(), 0);
    long start = System.nanoTime();
    buckets.lease(List.of(ask(seed, "one", rate, 0, 0)));
    long passed = 0;
    for (int step = 0; step < 60; step++) {
      long micros = random.nextLong(1_000) * Rate.MICRO;
      letPass(seed, micros);
      passed += micros;
      long charge = random.nextLong(-rate.burst(), rate.burst() + 1);
      long wish = random.nextLong(rate.burst() * 2);
      Grant expected = model.lease(charge, wish, passed);
      Grant granted = buckets.lease(List.of(ask(seed, "one", rate, charge, wish))).getFirst();
      long elapsedMicros = (System.nanoTime() - start) / 1_000;
      if (elapsedMicros >= Rate.MICRO) {
        // A whole token has passed by itself: what comes now is another model's.
        assertTrue(step > 0, "one step took a second");
        return;
      }
      assertEquals(expected.tokens(), granted.tokens(), "step " + step);
      long drift = granted.leftMicroTokens() - expected.leftMicroTokens();
      assertTrue(drift >= 0 && drift <= elapsedMicros, "drift " + drift);
    }
  }

  @Test
  void leasesManyAtOnceEachItsOwn() {
    Rate rate = new Rate(1, 100);
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < Leasing.MAX_ASKS; i++) {
      asks.add(ask(i % 7, "many " + i, rate, i % 3, i % 100));
    }
    List<Grant> grants = buckets.lease(asks);
    for (int i = 0; i < asks.size(); i++) {
      assertEquals(Math.min(i % 100, 100 - i % 3), grants.get(i).tokens());
    }
  }

  @Test
  void theApplicationReachesTheTableByNothingElse() {
    for (String statement :
        List.of(
            "SELECT * FROM holdfast.rate_buckets",
            "UPDATE holdfast.rate_buckets SET micro_tokens = 0",
            "DELETE FROM holdfast.rate_buckets")) {
      assertThrows(
          JdbiException.class, () -> application.useHandle(handle -> handle.execute(statement)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 201", "2, 202", "3, 203", "3, 204"})
  void nodesTogetherGiveTheRateAndNeverMoreThanTheStatedBound(int nodes, long seed)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    Rate rate = new Rate(random.nextLong(100, 400), random.nextLong(20, 200));
    LimitSettings settings =
        new LimitSettings(
            Optional.of(rate), Optional.empty(), Optional.empty(), false, Optional.empty());
    AtomicInteger admitted = new AtomicInteger();
    List<RequestRates> all = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < nodes; i++) {
      RequestRates own =
          RequestRates.open(settings, application, System::nanoTime, new LimitMetrics());
      all.add(own);
      for (int k = 0; k < 3; k++) {
        callers.add(Thread.ofVirtual().start(() -> flood(own, seed, start, admitted)));
      }
    }
    for (Thread caller : callers) {
      caller.join();
    }
    double seconds = (System.nanoTime() - start) / (double) SECOND_NANOS;
    all.forEach(RequestRates::close);
    double given = rate.perSecond() * seconds;
    double most = given + RateBound.beyondTheRate(rate, nodes);
    assertTrue(admitted.get() <= most, "%s > %s of %s".formatted(admitted, most, rate));
    assertTrue(admitted.get() >= 0.7 * given, "%s < %s of %s".formatted(admitted, given, rate));
  }

  private static void flood(RequestRates node, long tenant, long start, AtomicInteger admitted) {
    while (System.nanoTime() - start < 3 * SECOND_NANOS) {
      if (node.nanosToWait(LimitKind.KEY, new TenantId(tenant), "flood") == 0) {
        admitted.incrementAndGet();
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
