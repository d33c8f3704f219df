package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CombinedAnsweringTest extends AnsweringContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  @Test
  void theWatchOverPatienceGoesOnAfterAnError() throws SQLException {
    shop().stocks("tea", 10);
    AtomicInteger overdue = new AtomicInteger();
    AtomicInteger queued = new AtomicInteger();
    EngineObserver failingOnce =
        new EngineObserver() {
          @Override
          public void queued(int delta) {
            queued.addAndGet(delta);
          }

          @Override
          public void answered(String command, String outcome, boolean replayed, long nanos) {
            if (outcome.equals("PATIENCE_EXHAUSTED") && overdue.incrementAndGet() == 1) {
              throw new StackOverflowError("by the test");
            }
          }
        };
    EngineSettings watched =
        settings().with().workers(1).sweepInterval(Duration.ZERO).observer(failingOnce).build();
    try (HikariDataSource pool = database.pool(1);
        StockEngine engine = StockEngine.open(pool, watched)) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      Call impatient = other.call().withPatience(Duration.ofMillis(50));
      CompletableFuture<Answer> first;
      try (Connection _ = pool.getConnection()) {
        first = other.submit(purchase(Line.of("tea", 1)));
        Await.until(Duration.ofSeconds(5), () -> queued.get() == 0);
        CompletableFuture<Answer> second = other.submit(purchase(Line.of("tea", 1)), impatient);
        Await.until(Duration.ofSeconds(5), () -> overdue.get() > 0);
        CompletableFuture<Answer> later = other.submit(purchase(Line.of("tea", 1)), impatient);
        for (CompletableFuture<Answer> late : List.of(second, later)) {
          assertEquals(
              StockFailure.Code.PATIENCE_EXHAUSTED, FaultContract.failure(soon(late)).code());
        }
      }
      assertInstanceOf(Outcome.Purchased.class, first.join().outcome());
    }
  }
}
