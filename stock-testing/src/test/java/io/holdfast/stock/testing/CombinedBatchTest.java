package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockRegister;
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
    List<CompletableFuture<Answer>> answers =
        together(reservations.stream().map(Command.Commit::new).toList(), largest);
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

  /// A line that names no location is served from all levels of its item.
  @Test
  void whatIsServedFromAnywhereIsBoundedByTheLevelsOfItsItem() throws SQLException {
    List<Command> buyers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      stocksEverywhere("item" + i, 150);
    }
    for (int i = 0; i < 24; i++) {
      buyers.add(purchase(Line.sourced("item" + i % 12, 1)));
    }
    AtomicInteger largest = new AtomicInteger();
    together(buyers, largest)
        .forEach(answer -> only(Outcome.Purchased.class, answer.join().outcome()));
    assertTrue(largest.get() > 1, "they were decided together");
    assertTrue(
        largest.get() <= 2 * (BATCH_ROWS / 150), "a batch took " + largest.get() + " buyers");
  }

  @Test
  void aCrowdBeforeOneItemIsOneBatchWhereverTheItemLies() throws SQLException {
    stocksEverywhere("tea", BATCH_ROWS + 1);
    shop().stocks("cup", 20);
    List<Command> buyers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      buyers.add(purchase(Line.sourced("tea", 1)));
      buyers.add(purchase(Line.sourced("cup", 1)));
    }
    AtomicInteger largest = new AtomicInteger();
    together(buyers, largest)
        .forEach(answer -> only(Outcome.Purchased.class, answer.join().outcome()));
    // By what each needs for itself no two would fit.
    assertTrue(largest.get() > 5, "a batch took only " + largest.get() + " buyers");
  }

  private void stocksEverywhere(String sku, int locations) throws SQLException {
    StockRegister register = StockRegister.create();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      register.setTenant(connection, shop().tenant());
      for (int i = 0; i < locations; i++) {
        register.addLocation(connection, shop().tenant(), new LocationId("place" + i));
      }
      connection.commit();
    }
    shop().sells(sku);
    IntStream.range(0, locations)
        .mapToObj(i -> new LocationId("place" + i))
        .map(place -> new Command.Receive(new Sku(sku), place, 2, null))
        .map(shop()::submit)
        .toList()
        .forEach(CompletableFuture::join);
  }

  /// Answers what became of commands that had all come before one of them had its turn.
  private List<CompletableFuture<Answer>> together(
      List<? extends Command> commands, AtomicInteger largest) throws SQLException {
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
        commands.forEach(command -> answers.add(other.submit(command)));
      }
    }
    return answers;
  }
}
