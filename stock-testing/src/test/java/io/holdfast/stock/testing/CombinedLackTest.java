package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockEngine;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A refusal in a batch is looked at once more, and what the batch itself has moved is not taken
/// for somebody else's.
class CombinedLackTest {
  private static final int RESERVATIONS = 20;

  private final TestDatabase database = TestDatabase.shared();
  private final Map<EngineObserver.Retry, Integer> retries =
      new EnumMap<>(EngineObserver.Retry.class);

  private synchronized void count(EngineObserver.Retry why) {
    retries.merge(why, 1, Integer::sum);
  }

  @Test
  void isNotDecidedAgainForAChangeInTheSameBatch() throws SQLException {
    EngineObserver observer =
        new EngineObserver() {
          @Override
          public void retried(Retry why) {
            count(why);
          }
        };
    EngineSettings settings =
        EngineSettings.of(Control.COMBINED)
            .with()
            .sweepInterval(Duration.ZERO)
            .observer(observer)
            .build();
    try (StockEngine engine = StockEngine.open(database.pool(), settings)) {
      Shop shop = new Shop(engine, database.pool(), database.newTenant());
      shop.stocksAt("north", 200, "tea", 100).stocks("tea", 100);
      List<ReservationId> held = new ArrayList<>();
      for (int i = 0; i < RESERVATIONS; i++) {
        held.add(shop.reserved(Line.of("tea", 4)));
      }
      List<CompletableFuture<Answer>> possible = new ArrayList<>();
      List<CompletableFuture<Answer>> impossible = new ArrayList<>();
      for (ReservationId id : held) {
        possible.add(shop.submit(change(id, 9)));
        impossible.add(shop.submit(change(id, 1_000)));
      }
      possible.forEach(answer -> assertInstanceOf(Outcome.Changed.class, answer.join().outcome()));
      impossible.forEach(
          answer -> assertInstanceOf(Refusal.InsufficientStock.class, answer.join().outcome()));
    }
    assertEquals(Map.of(), retries);
  }

  private static Command.Change change(ReservationId id, long quantity) {
    return new Command.Change(id, List.of(Line.sourced("tea", quantity)), null);
  }
}
