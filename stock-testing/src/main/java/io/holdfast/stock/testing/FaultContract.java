package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// What holds when the database, the network or somebody else's session is in the way.
public abstract class FaultContract extends StockContract {
  @Test
  void aDatabaseThatOnlyReadsIsUnavailable() throws SQLException {
    shop().stocks("tea", 10);
    DataSource readOnly =
        Intercepted.connections(
            database.pool(),
            (connection, method, call) -> {
              if (method.equals("setAutoCommit")) {
                connection.setReadOnly(true);
              }
              return call.proceed();
            });
    try (StockEngine engine = StockEngine.open(readOnly, quiet())) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      assertEquals(
          StockFailure.Code.DATABASE_UNAVAILABLE,
          failure(other.submit(purchase(Line.of("tea", 1)))).code());
    }
    assertEquals(10, shop().count("tea").onHand());
  }

  @Test
  void aRowHeldBySomebodyElseDelaysNobodyElse() throws SQLException {
    shop().stocks("held", 10).stocks("free", 100);
    ReservationId onFree = shop().reserved(Line.of("free", 1));
    try (Connection stranger = database.connectAsSuperuser()) {
      hold(stranger, "held");
      CompletableFuture<Answer> waiting = shop().submit(purchase(Line.of("held", 1)));
      for (int i = 0; i < 50; i++) {
        assertInstanceOf(Outcome.Purchased.class, shop().outcome(purchase(Line.of("free", 1))));
      }
      assertInstanceOf(Outcome.Committed.class, shop().outcome(new Command.Commit(onFree)));
      assertFalse(waiting.isDone(), "its row is still held");
      stranger.rollback();
      assertInstanceOf(Outcome.Purchased.class, waiting.join().outcome());
    }
    assertEquals(9, shop().count("held").onHand());
    assertEquals(49, shop().count("free").onHand());
  }

  @Test
  void aReservationHeldBySomebodyElseDelaysNobodyElse() throws SQLException {
    shop().stocks("tea", 100);
    ReservationId held = shop().reserved(Line.of("tea", 1));
    ReservationId free = shop().reserved(Line.of("tea", 1));
    try (Connection stranger = database.connectAsSuperuser()) {
      stranger.setAutoCommit(false);
      execute(
          stranger,
          "SELECT FROM holdfast.reservations WHERE reservation_id = '" + held + "' FOR UPDATE");
      CompletableFuture<Answer> waiting = shop().submit(new Command.Commit(held));
      assertInstanceOf(Outcome.Committed.class, shop().outcome(new Command.Commit(free)));
      assertInstanceOf(Outcome.Purchased.class, shop().outcome(purchase(Line.of("tea", 1))));
      assertFalse(waiting.isDone(), "its row is still held");
      stranger.rollback();
      assertInstanceOf(Outcome.Committed.class, waiting.join().outcome());
    }
  }

  @Test
  void aRowHeldForTooLongIsBusy() throws SQLException {
    shop().stocks("held", 10);
    EngineSettings impatient = settings().with().lockTimeout(Duration.ofMillis(150)).build();
    try (Connection stranger = database.connectAsSuperuser();
        StockEngine engine = StockEngine.open(database.pool(), impatient)) {
      hold(stranger, "held");
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      assertEquals(
          StockFailure.Code.LOCK_NOT_AVAILABLE,
          failure(other.submit(purchase(Line.of("held", 1)))).code());
      stranger.rollback();
    }
    assertEquals(10, shop().count("held").onHand());
  }

  @Test
  void doesAgainWhatADeadlockFromOutsideEnded() throws SQLException {
    shop().stocks("a", 100).stocks("b", 100);
    for (int round = 0; round < 3; round++) {
      try (Connection stranger = database.connectAsSuperuser()) {
        hold(stranger, "b");
        CompletableFuture<Answer> waiting =
            shop().submit(purchase(Line.of("a", 1), Line.of("b", 1)));
        // Wants what we hold while we want what it holds: the database ends one of the two.
        try {
          execute(stranger, lockOf("a"));
        } catch (SQLException e) {
          assertEquals("40P01", e.getSQLState());
        }
        stranger.rollback();
        assertInstanceOf(Outcome.Purchased.class, waiting.join().outcome());
      }
    }
    assertEquals(97, shop().count("a").onHand());
  }

  @Test
  void survivesThatAllItsSessionsAreEnded() throws SQLException {
    shop().stocks("tea", 1_000);
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    try (HikariDataSource pool = database.pool(8);
        StockEngine engine = StockEngine.open(pool, settings());
        Connection killer = database.connectAsSuperuser()) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 20; i++) {
          answers.add(other.submit(purchase(Line.of("tea", 1))));
        }
        execute(
            killer,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE usename = 'holdfast_node' AND query LIKE '%stock_levels%'"
                + " AND state <> 'idle'");
      }
      answers.forEach(answer -> assertInstanceOf(Outcome.Purchased.class, answer.join().outcome()));
    }
    assertEquals(800, shop().count("tea").onHand());
  }

  @Test
  void answersBusyWhenPatienceIsOver() throws SQLException {
    shop().stocks("tea", 10);
    EngineSettings oneWorker = settings().with().workers(1).sweepInterval(Duration.ZERO).build();
    try (HikariDataSource pool = database.pool(1);
        StockEngine engine = StockEngine.open(pool, oneWorker)) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      Connection taken = pool.getConnection();
      CompletableFuture<Answer> first = other.submit(purchase(Line.of("tea", 1)));
      Duration patience = Duration.ofMillis(50);
      CompletableFuture<Answer> second =
          other.submit(purchase(Line.of("tea", 1)), other.call().withPatience(patience));
      long start = System.nanoTime();
      Await.until(Duration.ofSeconds(5), () -> System.nanoTime() - start > patience.toNanos() * 2);
      pool.getHikariConfigMXBean().setConnectionTimeout(1_000);
      taken.close();
      assertEquals(StockFailure.Category.BUSY, failure(second).category());
      assertInstanceOf(Outcome.Purchased.class, first.join().outcome());
    }
    assertEquals(9, shop().count("tea").onHand());
  }

  @Test
  void answersBusyWhenTooManyWait() throws SQLException {
    shop().stocks("tea", 100);
    try (HikariDataSource pool = database.pool(1);
        StockEngine engine =
            StockEngine.open(
                pool,
                settings()
                    .with()
                    .workers(1)
                    .laneCapacity(5)
                    .sweepInterval(Duration.ZERO)
                    .build())) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      Connection taken = pool.getConnection();
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(other.submit(receive("tea", 1)));
      }
      long full =
          answers.stream()
              .filter(CompletableFuture::isCompletedExceptionally)
              .filter(answer -> failure(answer).code() == StockFailure.Code.LANE_FULL)
              .count();
      taken.close();
      long received =
          answers.stream()
              .filter(answer -> !answer.isCompletedExceptionally())
              .filter(answer -> answer.join().outcome() instanceof Outcome.Received)
              .count();
      assertTrue(full >= 40, "a lane holds no more than its capacity");
      assertEquals(50, full + received, "all the others were received");
      assertEquals(100 + received, shop().count("tea").onHand());
    }
  }

  @Test
  void closingAnswersWhatIsInFlightAndRefusesWhatComesLater() throws SQLException {
    shop().stocks("tea", 1_000);
    StockEngine engine = StockEngine.open(database.pool(), settings());
    Shop other = new Shop(engine, database.pool(), shop().tenant());
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(other.submit(purchase(Line.of("tea", 1))));
    }
    engine.close();
    assertTrue(answers.stream().allMatch(CompletableFuture::isDone), "all are answered");
    answers.forEach(answer -> assertInstanceOf(Outcome.Purchased.class, answer.join().outcome()));
    assertEquals(
        StockFailure.Code.SHUTTING_DOWN, failure(other.submit(purchase(Line.of("tea", 1)))).code());
  }

  protected final void hold(Connection stranger, String sku) throws SQLException {
    stranger.setAutoCommit(false);
    execute(stranger, lockOf(sku));
  }

  private String lockOf(String sku) {
    return "SELECT FROM holdfast.stock_levels WHERE tenant_id = "
        + shop().tenant().value()
        + " AND sku = '"
        + sku
        + "' FOR UPDATE";
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static StockFailure failure(CompletableFuture<Answer> answer) {
    CompletionException thrown = assertThrows(CompletionException.class, answer::join);
    return assertInstanceOf(StockFailure.class, thrown.getCause());
  }
}
