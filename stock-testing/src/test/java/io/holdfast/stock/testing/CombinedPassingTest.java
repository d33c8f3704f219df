package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Batches of one tenant beside each other: who passes whom, and when all of them are over.
class CombinedPassingTest extends StockContract {
  private static final Duration LONG = Duration.ofSeconds(4);

  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  /// Batches wait for a row for so long that a test sees it.
  private EngineSettings waitingLong() {
    return quiet().with().batchLockTimeout(LONG).build();
  }

  /// What happens while a batch waits at the row "held"; in the end it gets it.
  private interface Story {
    void play(Shop other) throws Exception;
  }

  private void whileABatchWaitsForARow(Story story) throws Exception {
    shop().stocks("held", 10).stocks("free", 10);
    try (StockEngine engine = StockEngine.open(database.pool(), waitingLong());
        Connection stranger = database.connectAsSuperuser()) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      shop().hold(stranger, "held");
      CompletableFuture<Answer> waits = other.submit(purchase(Line.of("held", 1)));
      story.play(other);
      assertFalse(waits.isDone(), "its row is held");
      stranger.rollback();
      assertInstanceOf(Outcome.Purchased.class, waits.join().outcome());
    }
  }

  @Test
  void aBatchThatWaitsForARowHasOthersPass() throws Exception {
    whileABatchWaitsForARow(
        other -> {
          for (int i = 0; i < 10; i++) {
            assertInstanceOf(Outcome.Purchased.class, other.outcome(purchase(Line.of("free", 1))));
          }
        });
  }

  @Test
  void whoLosesPatienceLetsThoseBehindPass() throws Exception {
    whileABatchWaitsForARow(
        other -> {
          // The batch is at the row by now.
          assertInstanceOf(Outcome.Purchased.class, other.outcome(purchase(Line.of("free", 1))));
          CompletableFuture<Answer> impatient =
              other.submit(
                  purchase(Line.of("held", 1), Line.of("free", 1)),
                  other.call().withPatience(Duration.ofMillis(300)));
          CompletableFuture<Answer> behind = other.submit(purchase(Line.of("free", 1)));
          assertEquals(
              StockFailure.Code.PATIENCE_EXHAUSTED, FaultContract.failure(impatient).code());
          Answer inTime = behind.get(LONG.toMillis() / 2, TimeUnit.MILLISECONDS);
          assertInstanceOf(Outcome.Purchased.class, inTime.outcome());
        });
  }

  @Test
  void closingWaitsUntilEverybodyIsTold() throws SQLException {
    int callers = 100;
    shop().stocks("hot", callers);
    AtomicInteger told = new AtomicInteger();
    try (StockEngine engine = StockEngine.open(database.pool(), quiet())) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      List<CompletableFuture<Void>> listening =
          IntStream.range(0, callers)
              .mapToObj(_ -> other.submit(purchase(Line.of("hot", 1))))
              .map(answer -> answer.thenRun(() -> listenSlowly(told)))
              .toList();
      listening.getFirst().join();
    }
    assertEquals(callers, told.get());
  }

  /// An interrupt makes it no faster.
  private static void listenSlowly(AtomicInteger told) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(5)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    told.incrementAndGet();
  }
}
