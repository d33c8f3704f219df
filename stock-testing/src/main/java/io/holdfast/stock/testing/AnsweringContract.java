package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Every request is answered once, whatever happens, and by nobody but the engine.
public abstract class AnsweringContract extends StockContract {

  /// A participant whose stack overflows.
  protected static final class Endless implements Participant<Endless.Mark> {
    record Mark() implements Attachment {}

    @Override
    public String name() {
      return "endless";
    }

    @Override
    public Class<Mark> attachmentType() {
      return Mark.class;
    }

    @Override
    public Place place() {
      return Place.LAST;
    }

    @Override
    public Turn<Mark> begin(Connection transaction, TenantId tenant, List<Mark> attachments) {
      throw new StackOverflowError("by the test");
    }
  }

  @Test
  void anErrorIsToldAndEndsNoWorker() throws Exception {
    shop().stocks("tea", 10);
    EngineSettings oneWorker =
        settings().with().workers(1).participants(List.of(new Endless())).build();
    try (StockEngine engine = StockEngine.open(database.pool(), oneWorker)) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Answer> bad =
            other.submit(purchase(Line.of("tea", 1)), other.call().with(new Endless.Mark()));
        assertEquals(StockFailure.Code.UNEXPECTED, FaultContract.failure(soon(bad)).code());
      }
      CompletableFuture<Answer> good = other.submit(purchase(Line.of("tea", 1)));
      assertInstanceOf(Outcome.Purchased.class, soon(good).join().outcome());
    }
    assertEquals(9, shop().count("tea").onHand());
  }

  @Test
  void noCallerCanAnswerForTheEngine() throws SQLException {
    shop().stocks("held", 10);
    CompletionStage<Answer> stage;
    try (Connection stranger = database.connectAsSuperuser()) {
      shop().hold(stranger, "held");
      stage = engine().submit(purchase(Line.of("held", 1)), shop().call());
      assertTrue(stage.toCompletableFuture().cancel(true), "cancelled before it is answered");
      stranger.rollback();
    }
    assertInstanceOf(Outcome.Purchased.class, stage.toCompletableFuture().join().outcome());
  }

  @Test
  void whoeverClosesWaitsUntilAllIsAnswered() throws Exception {
    shop().stocks("held", 10);
    StockEngine engine = StockEngine.open(database.pool(), settings());
    Shop other = new Shop(engine, database.pool(), shop().tenant());
    try (Connection stranger = database.connectAsSuperuser()) {
      shop().hold(stranger, "held");
      CompletableFuture<Answer> waiting = other.submit(purchase(Line.of("held", 1)));
      List<CompletableFuture<Boolean>> closers =
          List.of(closing(engine, waiting), closing(engine, waiting));
      for (CompletableFuture<Boolean> closer : closers) {
        assertThrows(TimeoutException.class, () -> closer.get(200, TimeUnit.MILLISECONDS));
      }
      stranger.rollback();
      for (CompletableFuture<Boolean> closer : closers) {
        assertTrue(closer.join(), "answered before it is closed");
      }
      assertInstanceOf(Outcome.Purchased.class, waiting.join().outcome());
    }
  }

  private static CompletableFuture<Boolean> closing(
      StockEngine engine, CompletableFuture<Answer> waiting) {
    return CompletableFuture.supplyAsync(
        () -> {
          engine.close();
          return waiting.isDone();
        },
        Thread::startVirtualThread);
  }

  @Test
  void aKeyThatWasAnsweredNeedsNoRow() throws SQLException {
    shop().stocks("held", 10);
    EngineSettings impatient = settings().with().lockTimeout(Duration.ofMillis(300)).build();
    try (StockEngine engine = StockEngine.open(database.pool(), impatient);
        Connection stranger = database.connectAsSuperuser()) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      Answer first = other.answer(purchase(Line.of("held", 1)), other.call("key"));
      shop().hold(stranger, "held");
      Answer again = other.answer(purchase(Line.of("held", 1)), other.call("key"));
      assertEquals(new Answer(first.outcome(), true), again);
      assertInstanceOf(
          Refusal.KeyReused.class,
          other.answer(purchase(Line.of("held", 2)), other.call("key")).outcome());
      stranger.rollback();
    }
  }

  @Test
  void waitingForAConnectionIsNoWaitForALock() throws SQLException {
    shop().stocks("tea", 10);
    AtomicLong queued = new AtomicLong();
    AtomicLong locked = new AtomicLong();
    EngineObserver observer =
        new EngineObserver() {
          @Override
          public void transactionEnded(
              int commands, long queueWaitNanos, long lockNanos, long transactionNanos) {
            queued.set(queueWaitNanos);
            locked.set(lockNanos);
          }
        };
    EngineSettings observed =
        settings().with().observer(observer).sweepInterval(Duration.ZERO).build();
    Duration wait = Duration.ofSeconds(1);
    try (HikariDataSource pool = database.pool(1);
        StockEngine engine = StockEngine.open(pool, observed)) {
      CompletableFuture<Answer> answer;
      try (Connection _ = pool.getConnection()) {
        answer =
            new Shop(engine, database.pool(), shop().tenant()).submit(purchase(Line.of("tea", 1)));
        Await.until(
            Duration.ofSeconds(5),
            () -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() > 0);
        long start = System.nanoTime();
        Await.until(wait.plusSeconds(5), () -> System.nanoTime() - start > wait.toNanos());
      }
      assertInstanceOf(Outcome.Purchased.class, answer.join().outcome());
    }
    assertTrue(queued.get() >= wait.toNanos(), "it waited for a connection");
    assertTrue(locked.get() < wait.toNanos(), "and not for a lock");
  }

  /// Done within the time in which a worker that lives answers.
  protected static CompletableFuture<Answer> soon(CompletableFuture<Answer> answer) {
    Await.until(Duration.ofSeconds(10), answer::isDone);
    return answer;
  }
}
