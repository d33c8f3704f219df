package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.FaultContract.failure;
import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What callers are told is what was committed, whatever breaks at COMMIT or after it.
public abstract class CommitContract extends StockContract {
  private static final int BUYERS = 60;

  @ParameterizedTest
  @EnumSource(CommitFaults.Fate.class)
  void resolvesACommitThatWasNotAnswered(CommitFaults.Fate fate) throws SQLException {
    shop().stocks("tea", 1_000);
    ReservationId held = shop().reserved(Line.of("tea", 1));
    try (HikariDataSource pool = database.pool(8)) {
      CommitFaults faults = new CommitFaults(pool, fate, 3);
      try (StockEngine engine = StockEngine.open(faults.database(), settings())) {
        Shop faulty = new Shop(engine, database.pool(), shop().tenant());
        for (int round = 0; round < BUYERS / 10; round++) {
          List<CompletableFuture<Answer>> answers = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            answers.add(faulty.submit(purchase(Line.of("tea", 1)), faulty.call(round + "-" + i)));
          }
          answers.add(faulty.submit(new Command.Extend(held, Duration.ofHours(2 + round))));
          answers.forEach(
              answer -> assertInstanceOf(Outcome.Effect.class, answer.join().outcome()));
        }
      }
      assertTrue(faults.broken() > 0, "some commits were left without an answer");
    }
    assertEquals(1_000 - BUYERS, shop().count("tea").onHand(), "each purchase happened once");
  }

  /// A later extension by somebody else is not taken for ours.
  @ParameterizedTest
  @EnumSource(
      value = CommitFaults.Fate.class,
      names = {"COMMITTED", "ROLLED_BACK"})
  void resolvesAnExtensionThatWasNotAnswered(CommitFaults.Fate fate) throws SQLException {
    shop().stocks("tea", 10);
    ReservationId held = shop().reserved(Line.of("tea", 1));
    Command.Extend ours = new Command.Extend(held, Duration.ofHours(1));
    Command.Extend later = new Command.Extend(held, Duration.ofHours(5));
    try (HikariDataSource pool = database.pool(2)) {
      CommitFaults faults = new CommitFaults(pool, fate, 2, () -> shop().outcome(later));
      try (StockEngine engine = StockEngine.open(faults.database(), quiet())) {
        Shop faulty = new Shop(engine, database.pool(), shop().tenant());
        faulty.outcome(receive("tea", 1));
        Answer answer = faulty.answer(ours, faulty.call("extend"));
        assertInstanceOf(Outcome.Extended.class, answer.outcome());
        assertEquals(1, faults.broken());
        assertEquals(
            new Answer(answer.outcome(), true), shop().answer(ours, shop().call("extend")));
      }
    }
  }

  /// What is not tracked has no movement that would tell, and somebody else has written the row
  /// again before anybody could look.
  @ParameterizedTest
  @EnumSource(
      value = CommitFaults.Fate.class,
      names = {"COMMITTED", "ROLLED_BACK"})
  void countsAReturnThatWasNotAnsweredOnce(CommitFaults.Fate fate) throws SQLException {
    shop().stocks("tea", 10).sellsUntracked("wrapping");
    ReservationId bought =
        only(Outcome.Purchased.class, shop().outcome(purchase(Line.of("wrapping", 9))))
            .reservation();
    Command back = new Command.Return(bought, List.of(Line.of("wrapping", 1)), null);
    try (HikariDataSource pool = database.pool(2)) {
      CommitFaults faults = new CommitFaults(pool, fate, 2, () -> shop().outcome(back));
      try (StockEngine engine = StockEngine.open(faults.database(), quiet())) {
        Shop faulty = new Shop(engine, database.pool(), shop().tenant());
        faulty.outcome(receive("tea", 1));
        CompletableFuture<Answer> answer = faulty.submit(back);
        if (fate == CommitFaults.Fate.COMMITTED) {
          assertEquals(StockFailure.Code.OUTCOME_UNKNOWN, failure(answer).code());
        } else {
          only(Outcome.Returned.class, answer.join().outcome());
        }
        assertEquals(1, faults.broken());
      }
    }
    assertEquals(
        2,
        StockReader.of(database.pool())
            .reservation(shop().tenant(), bought)
            .orElseThrow()
            .lines()
            .getFirst()
            .returned());
  }

  @Test
  void asksForNoLongerThanItMayWhatBecameOfACommit() throws Exception {
    shop().stocks("tea", 10);
    EngineSettings settings = quiet().with().resolveTimeout(Duration.ofMillis(300)).build();
    try (HikariDataSource pool = database.pool(2);
        Connection stranger = database.connectAsSuperuser()) {
      stranger.setAutoCommit(false);
      CommitFaults faults =
          new CommitFaults(pool, CommitFaults.Fate.COMMITTED, 1, () -> lockLedger(stranger));
      try (StockEngine engine = StockEngine.open(faults.database(), settings)) {
        Shop faulty = new Shop(engine, database.pool(), shop().tenant());
        CompletableFuture<Answer> answer = faulty.submit(purchase(Line.of("tea", 1)));
        try {
          Await.until(Duration.ofSeconds(5), answer::isDone);
          assertEquals(StockFailure.Code.OUTCOME_UNKNOWN, failure(answer).code());
        } finally {
          stranger.rollback();
        }
      }
    }
    assertEquals(9, shop().count("tea").onHand(), "it had its effect");
  }

  @Test
  void doesNotTakeBackWhatWasCommittedWhenTheConnectionFailsToClose() throws SQLException {
    shop().stocks("tea", 10);
    DataSource failingToClose =
        Intercepted.connections(
            database.pool(),
            (_, method, call) -> {
              Object result = call.proceed();
              if (method.equals("close")) {
                throw new SQLException("broken at close by the test", "08006");
              }
              return result;
            });
    try (StockEngine engine = StockEngine.open(failingToClose, quiet())) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      for (int i = 0; i < 5; i++) {
        assertInstanceOf(Outcome.Received.class, other.outcome(receive("tea", 1)));
      }
    }
    assertEquals(15, shop().count("tea").onHand());
  }

  @Test
  void asksWhatBecameOfACommitThatFailedForNoReasonOfTheDatabase() throws SQLException {
    shop().stocks("tea", 10);
    AtomicInteger failed = new AtomicInteger();
    DataSource failing =
        Intercepted.connections(
            database.pool(),
            (_, method, call) -> {
              Object result = call.proceed();
              if (method.equals("commit") && failed.getAndIncrement() == 0) {
                throw new IllegalStateException("broken after COMMIT by the test");
              }
              return result;
            });
    try (StockEngine engine = StockEngine.open(failing, quiet())) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      assertInstanceOf(Outcome.Received.class, other.outcome(receive("tea", 1)));
    }
    assertEquals(11, shop().count("tea").onHand());
  }

  @Test
  void tellsWhatWasCommittedWhateverTheObserverThrows() throws SQLException {
    shop().stocks("tea", 100);
    EngineSettings observed = settings().with().observer(new Thrower()).build();
    try (StockEngine engine = StockEngine.open(database.pool(), observed)) {
      Shop other = new Shop(engine, database.pool(), shop().tenant());
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(other.submit(purchase(Line.of("tea", 1))));
      }
      answers.forEach(answer -> assertInstanceOf(Outcome.Purchased.class, answer.join().outcome()));
      assertEquals(
          StockFailure.Code.PATIENCE_EXHAUSTED,
          failure(other.submit(receive("tea", 1), other.call().withPatience(Duration.ofNanos(1))))
              .code());
    }
    assertEquals(80, shop().count("tea").onHand());
  }

  /// An observer that is broken all through.
  private static final class Thrower implements EngineObserver {
    @Override
    public void transactionEnded(int commands, long queueWait, long lock, long transaction) {
      throw new IllegalStateException("transactionEnded");
    }

    @Override
    public void answered(String command, String outcome, boolean replayed, long nanos) {
      throw new NoClassDefFoundError("answered");
    }

    @Override
    public void retried(Retry why) {
      throw new IllegalStateException("retried");
    }

    @Override
    public void queued(int delta) {
      throw new IllegalStateException("queued");
    }
  }

  private static void lockLedger(Connection stranger) {
    try (Statement statement = stranger.createStatement()) {
      statement.execute("LOCK TABLE holdfast.movements IN ACCESS EXCLUSIVE MODE");
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger could not be locked", e);
    }
  }
}
