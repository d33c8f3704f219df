package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.Customer;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Who comes while a batch waits for its row, and wants nothing else, is decided with it.
class CombinedJoiningTest extends StockContract {
  private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  private EngineSettings observed() {
    EngineObserver observer =
        new EngineObserver() {
          @Override
          public void transactionEnded(
              int commands, long queueWaitNanos, long lockNanos, long transactionNanos) {
            sizes.add(commands);
          }
        };
    return quiet().with().batchLockTimeout(Duration.ofSeconds(5)).observer(observer).build();
  }

  /// Submits `commands` when a batch of one, for a "hot", waits for the row of that, and gives it
  /// the row.
  ///
  /// @return the outcomes, that of the first batch before the others
  private List<Outcome> whileABatchWaits(List<Command> commands) throws SQLException {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    try (StockEngine engine = StockEngine.open(database.pool(), observed());
        Connection stranger = database.connectAsSuperuser()) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      shop().hold(stranger, "hot");
      answers.add(other.submit(purchase(Line.of("hot", 1))));
      // Its turn was before that of this one.
      assertInstanceOf(Outcome.Purchased.class, other.outcome(purchase(Line.of("cold", 1))));
      commands.forEach(command -> answers.add(other.submit(command)));
      stranger.rollback();
      return answers.stream().map(answer -> answer.join().outcome()).toList();
    }
  }

  @Test
  void whoWantsTheSameRowComesAlongInOrder() throws SQLException {
    shop().stocks("hot", 8).stocks("cold", 1);
    List<Outcome> outcomes = whileABatchWaits(Collections.nCopies(19, purchase(Line.of("hot", 1))));
    outcomes.subList(0, 8).forEach(outcome -> assertInstanceOf(Outcome.Purchased.class, outcome));
    outcomes
        .subList(8, 20)
        .forEach(outcome -> assertInstanceOf(Refusal.InsufficientStock.class, outcome));
    assertEquals(List.of(1, 20), sizes);
  }

  @Test
  void whoWantsMoreThanThatHasALaterTurnAndNobodyPasses() throws SQLException {
    shop().stocks("hot", 4).stocks("cold", 2);
    List<Outcome> outcomes =
        whileABatchWaits(
            List.of(
                purchase(Line.of("hot", 1)),
                purchase(Line.of("hot", 2), Line.of("cold", 1)),
                purchase(Line.of("hot", 1))));
    assertInstanceOf(Outcome.Purchased.class, outcomes.get(0));
    assertInstanceOf(Outcome.Purchased.class, outcomes.get(1));
    assertInstanceOf(Outcome.Purchased.class, outcomes.get(2));
    assertInstanceOf(Refusal.InsufficientStock.class, outcomes.get(3));
    assertEquals(List.of(1, 2, 2), sizes);
  }

  @Test
  void whatCountsForACustomerIsNotLoadedYet() throws SQLException {
    shop().stocks("hot", 3).stocks("cold", 1);
    List<Outcome> outcomes =
        whileABatchWaits(
            List.of(
                new Command.Purchase(List.of(Line.of("hot", 1)), new Customer("ann")),
                purchase(Line.of("hot", 1))));
    outcomes.forEach(outcome -> assertInstanceOf(Outcome.Purchased.class, outcome));
    assertEquals(List.of(1, 1, 2), sizes);
  }
}
