package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Answer;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An interrupt, a close at a bad moment and a data source gone wrong leave nothing half-done, and
/// nobody without an answer.
public abstract class InterruptContract extends StockContract {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void aCallerThatIsInterruptedWhileItWaitsChangesNothing() throws Exception {
    shop().stocks("tea", 10);
    try (Connection stranger = database.connectAsSuperuser()) {
      shop().hold(stranger, "tea");
      CompletableFuture<Answer> answer = shop().submit(purchase(Line.of("tea", 1)));
      FutureTask<Exception> waiting =
          new FutureTask<>(() -> assertThrows(InterruptedException.class, answer::get));
      Thread caller = Thread.ofPlatform().start(waiting);
      Await.until(SOON, () -> caller.getState() == Thread.State.WAITING);
      caller.interrupt();
      waiting.get();
      assertFalse(answer.isDone(), "its row is still held");
      stranger.rollback();
      assertInstanceOf(Outcome.Purchased.class, answer.join().outcome());
    }
    assertEquals(9, shop().count("tea").onHand());
  }

  /// While they wait for a connection as well, which a pool then does not give them. Each interrupt
  /// is worth one more try, and no busy waiting.
  @Test
  void workersThatAreInterruptedGoOn() throws SQLException {
    shop().stocks("tea", 1_000);
    AtomicInteger withoutConnection = new AtomicInteger();
    EngineObserver retries =
        new EngineObserver() {
          @Override
          public void retried(Retry why) {
            withoutConnection.addAndGet(why == Retry.CONNECTION_LOST ? 1 : 0);
          }
        };
    EngineSettings crowded = quiet().with().workers(6).observer(retries).build();
    int interrupts = 0;
    try (HikariDataSource pool = database.pool(2);
        StockEngine engine = StockEngine.open(pool, crowded)) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(other.submit(purchase(Line.of("tea", 1))));
        interrupts += interruptWorkers();
      }
      answers.forEach(answer -> assertInstanceOf(Outcome.Purchased.class, answer.join().outcome()));
    }
    assertTrue(interrupts > 0, "workers were found");
    int tries = withoutConnection.get();
    assertTrue(tries <= interrupts, tries + " more tries after " + interrupts + " interrupts");
    assertEquals(800, shop().count("tea").onHand());
  }

  /// Answers how many there were.
  private static int interruptWorkers() {
    Thread[] threads = new Thread[Thread.activeCount() + 100];
    int found = Thread.enumerate(threads);
    int workers = 0;
    for (int i = 0; i < found; i++) {
      if (threads[i].getName().matches("holdfast-(lane|command)-\\d+")) {
        threads[i].interrupt();
        workers++;
      }
    }
    return workers;
  }

  @Test
  void anInterruptDoesNotCutAClosingShort() throws Exception {
    shop().stocks("tea", 10);
    StockEngine engine = StockEngine.open(database.pool(), quiet());
    Shop other = new Shop(engine, database.pool(), shop().tenant());
    try (Connection stranger = database.connectAsSuperuser()) {
      other.hold(stranger, "tea");
      CompletableFuture<Answer> answer = other.submit(purchase(Line.of("tea", 1)));
      FutureTask<Boolean> closing =
          new FutureTask<>(
              () -> {
                Thread.currentThread().interrupt();
                engine.close();
                return Thread.currentThread().isInterrupted();
              });
      Thread closer = Thread.ofPlatform().start(closing);
      Await.until(SOON, () -> closer.getState() == Thread.State.WAITING);
      closer.interrupt();
      assertFalse(answer.isDone(), "its row is still held");
      assertFalse(closing.isDone(), "one is still to be answered");
      stranger.rollback();
      assertTrue(closing.get(), "the interrupt is kept");
      assertTrue(answer.isDone(), "all are answered");
      assertInstanceOf(Outcome.Purchased.class, answer.join().outcome());
    }
    assertEquals(9, shop().count("tea").onHand());
  }

  @Test
  void closesAgainAndRefusesAtOnceWhatComesLater() throws SQLException {
    shop().stocks("tea", 10);
    StockEngine engine = StockEngine.open(database.pool(), settings());
    engine.close();
    engine.close();
    Shop other = new Shop(engine, database.pool(), shop().tenant());
    CompletableFuture<Answer> late = other.submit(purchase(Line.of("tea", 1)));
    assertTrue(late.isDone(), "it is told at once");
    assertEquals(StockFailure.Code.SHUTTING_DOWN, FaultContract.failure(late).code());
    assertEquals(10, shop().count("tea").onHand());
  }

  @Test
  void doesNotWaitForItselfToClose() throws SQLException {
    shop().stocks("tea", 10);
    try (StockEngine engine = StockEngine.open(database.pool(), settings());
        Connection stranger = database.connectAsSuperuser()) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      other.hold(stranger, "tea");
      CompletableFuture<Void> closed =
          other.submit(purchase(Line.of("tea", 1))).thenRun(engine::close);
      stranger.rollback();
      CompletionException thrown = assertThrows(CompletionException.class, closed::join);
      assertInstanceOf(IllegalStateException.class, thrown.getCause());
      assertInstanceOf(Outcome.Purchased.class, other.outcome(purchase(Line.of("tea", 1))));
    }
    assertEquals(8, shop().count("tea").onHand());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "error", "no state"})
  void whateverADataSourceDoesIsToldAndEndsNoWorker(String kind) throws SQLException {
    shop().stocks("tea", 10);
    int[] bad = {3};
    DataSource wrong =
        Intercepted.connections(
            database.pool(),
            (_, method, call) -> {
              if (method.equals("setAutoCommit") && bad[0]-- > 0) {
                switch (kind) {
                  case "exception" -> throw new IllegalStateException("by the test");
                  case "error" -> throw new StackOverflowError("by the test");
                  default -> throw new SQLException();
                }
              }
              return call.proceed();
            });
    EngineSettings oneWorker = quiet().with().workers(1).build();
    try (StockEngine engine = StockEngine.open(wrong, oneWorker)) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      for (int i = 0; i < 3; i++) {
        StockFailure failure = FaultContract.failure(other.submit(purchase(Line.of("tea", 1))));
        assertEquals(StockFailure.Code.UNEXPECTED, failure.code());
      }
      assertInstanceOf(Outcome.Purchased.class, other.outcome(purchase(Line.of("tea", 1))));
    }
    assertEquals(9, shop().count("tea").onHand());
  }
}
