package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a row that somebody outside holds costs those who do not need it.
class CombinedHeldRowTest extends StockContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  @Test
  void aCrowdBeforeAHeldRowDelaysNobodyElse() throws SQLException {
    shop().stocks("held", 10).stocks("free", 1_000_000);
    Duration lockTimeout = Duration.ofSeconds(1);
    EngineSettings roomy = settings().with().laneCapacity(200_000).lockTimeout(lockTimeout).build();
    try (StockEngine engine = StockEngine.open(database.pool(), roomy);
        Connection stranger = database.connectAsSuperuser()) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      shop().hold(stranger, "held");
      List<CompletableFuture<Answer>> crowd =
          IntStream.range(0, 80_000)
              .mapToObj(_ -> other.submit(purchase(Line.of("held", 1))))
              .toList();
      assertInstanceOf(Outcome.Purchased.class, other.outcome(purchase(Line.of("free", 1))));
      Duration worst = Duration.ZERO;
      while (!crowd.stream().allMatch(CompletableFuture::isDone)) {
        long start = System.nanoTime();
        assertInstanceOf(Outcome.Purchased.class, other.outcome(purchase(Line.of("free", 1))));
        Duration wait = Duration.ofNanos(System.nanoTime() - start);
        worst = wait.compareTo(worst) > 0 ? wait : worst;
      }
      stranger.rollback();
      assertTrue(worst.compareTo(Duration.ofSeconds(1)) < 0, "somebody waited for " + worst);
    }
  }

  @Test
  void aCrowdBeforeAHeldRowLeavesRoomForOthers() throws SQLException {
    shop().stocks("held", 1_000).stocks("free", 1_000);
    EngineSettings small = settings().with().laneCapacity(100).batchCommands(20).build();
    try (StockEngine engine = StockEngine.open(database.pool(), small);
        Connection stranger = database.connectAsSuperuser()) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      shop().hold(stranger, "held");
      List<CompletableFuture<Answer>> crowd = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        for (int j = 0; j < 10; j++) {
          crowd.add(other.submit(purchase(Line.of("held", 1))));
        }
        assertInstanceOf(Outcome.Purchased.class, other.outcome(purchase(Line.of("free", 1))));
      }
      // Those who were taken up find out when they are tried that half of the places are taken.
      Await.until(
          Duration.ofSeconds(10),
          () -> crowd.stream().filter(CompletableFuture::isDone).count() >= 450);
      Map<Boolean, List<CompletableFuture<Answer>>> byEnd =
          crowd.stream().collect(Collectors.partitioningBy(CompletableFuture::isDone));
      List<CompletableFuture<Answer>> refused = byEnd.getOrDefault(true, List.of());
      List<CompletableFuture<Answer>> waiting = byEnd.getOrDefault(false, List.of());
      refused.forEach(
          answer ->
              assertEquals(StockFailure.Code.LANE_FULL, FaultContract.failure(answer).code()));
      stranger.rollback();
      assertEquals(50, waiting.size(), "as many may wait for the row");
      waiting.forEach(answer -> assertInstanceOf(Outcome.Purchased.class, answer.join().outcome()));
    }
  }

  @Test
  void aRowThatIsFreeAgainWaitsForNoneThatIsHeld() throws SQLException {
    List<String> skus = IntStream.range(0, 12).mapToObj(i -> "stuck" + i).toList();
    for (String sku : skus) {
      shop().stocks(sku, 10);
    }
    shop().stocks("soon", 10);
    try (StockEngine engine = StockEngine.open(database.pool(), settings());
        Connection stubborn = database.connectAsSuperuser();
        Connection stranger = database.connectAsSuperuser()) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      for (String sku : skus) {
        shop().hold(stubborn, sku);
      }
      shop().hold(stranger, "soon");
      List<CompletableFuture<Answer>> stuck =
          skus.stream().map(sku -> other.submit(purchase(Line.of(sku, 1)))).toList();
      // Two round trips of the lane: by then all of them are known to be held.
      other.outcome(Shop.receive("none", 1));
      CompletableFuture<Answer> waiting = other.submit(purchase(Line.of("soon", 1)));
      other.outcome(Shop.receive("none", 1));
      stranger.rollback();
      long start = System.nanoTime();
      assertInstanceOf(Outcome.Purchased.class, waiting.join().outcome());
      Duration wait = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(wait.compareTo(Duration.ofSeconds(2)) < 0, "it waited for " + wait);
      assertFalse(stuck.stream().anyMatch(CompletableFuture::isDone), "theirs are still held");
      stubborn.rollback();
      stuck.forEach(answer -> assertInstanceOf(Outcome.Purchased.class, answer.join().outcome()));
    }
  }

  @Test
  void closingAnswersThoseWhoComeBackFromAHeldRow() throws SQLException {
    shop().stocks("held", 1_000_000);
    for (int round = 0; round < 20; round++) {
      AtomicInteger queued = new AtomicInteger();
      AtomicInteger rowsHeld = new AtomicInteger();
      EngineObserver observer =
          new EngineObserver() {
            @Override
            public void retried(Retry why) {
              rowsHeld.incrementAndGet();
            }

            @Override
            public void queued(int delta) {
              queued.addAndGet(delta);
            }
          };
      StockEngine engine =
          StockEngine.open(database.pool(), settings().with().observer(observer).build());
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      try (Connection stranger = database.connectAsSuperuser()) {
        shop().hold(stranger, "held");
        List<CompletableFuture<Answer>> answers =
            IntStream.range(0, 500)
                .mapToObj(_ -> other.submit(purchase(Line.of("held", 1))))
                .toList();
        Await.until(Duration.ofSeconds(5), () -> rowsHeld.get() > 0);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(engine::close);
        stranger.rollback();
        closed.join();
        assertTrue(answers.stream().allMatch(CompletableFuture::isDone), "nobody is forgotten");
        assertEquals(0, queued.get(), "and nobody is counted as waiting");
      }
    }
  }
}
