package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What one transaction takes up.
class CombinedBatchTest extends StockContract {
  private static final int LINES = 100;
  private static final int BATCH_ROWS = 500;

  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  @Test
  void reservationsThatEndAreBoundedByTheirLines() throws SQLException {
    Line[] lines =
        IntStream.range(0, LINES).mapToObj(i -> Line.of("sku" + i, 1)).toArray(Line[]::new);
    for (Line line : lines) {
      shop().stocks(line.sku().value(), 1_000);
    }
    List<ReservationId> reservations =
        IntStream.range(0, 40).mapToObj(_ -> shop().reserved(lines)).toList();
    AtomicInteger largest = new AtomicInteger();
    List<CompletableFuture<Answer>> answers = commitTogether(reservations, largest);
    List<Long> versions =
        answers.stream()
            .map(answer -> only(Outcome.Committed.class, answer.join().outcome()))
            .flatMap(committed -> Stream.ofNullable(committed.lines().getFirst().after()))
            .map(StockCount::version)
            .toList();
    assertEquals(
        versions.stream().sorted().toList(), versions, "decided in the order in which they came");
    assertTrue(largest.get() > 1, "they were decided together");
    assertTrue(
        largest.get() <= BATCH_ROWS / LINES, "a batch took " + largest.get() + " reservations");
  }

  private List<CompletableFuture<Answer>> commitTogether(
      List<ReservationId> reservations, AtomicInteger largest) throws SQLException {
    EngineObserver observer =
        new EngineObserver() {
          @Override
          public void transactionEnded(
              int commands, long queueWaitNanos, long lockNanos, long transactionNanos) {
            largest.accumulateAndGet(commands, Math::max);
          }
        };
    EngineSettings settings =
        settings()
            .with()
            .batchRows(BATCH_ROWS)
            .observer(observer)
            .sweepInterval(Duration.ZERO)
            .build();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    try (HikariDataSource pool = database.pool(1);
        StockEngine engine = StockEngine.open(pool, settings)) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      try (Connection _ = pool.getConnection()) {
        reservations.forEach(id -> answers.add(other.submit(new Command.Commit(id))));
      }
    }
    return answers;
  }
}
