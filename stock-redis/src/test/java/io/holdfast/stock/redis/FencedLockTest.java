package io.holdfast.stock.redis;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.reserve;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver.Retry;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.testing.Shop;
import io.holdfast.stock.testing.StockContract;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the token is for: a holder that was paused until its lock was another's, and writes nothing
/// then.
class FencedLockTest extends StockContract {
  private static final Duration LEASE = Duration.ofMillis(200);

  private final RedisStockMutex brief = TestRedis.mutex(TestRedis.shared(), LEASE);
  private final Retries retries = new Retries();

  @Override
  protected Control control() {
    return Control.FENCED_LOCK;
  }

  @Override
  protected EngineSettings usual() {
    return EngineSettings.with(control()).mutex(brief).build();
  }

  @AfterEach
  void disconnect() {
    brief.close();
  }

  /// Does what one command does that is paused at the gate, while another one, which has its lock
  /// after it, is done.
  private Outcome late(Gate gate, Command paused, Command meanwhile) throws Exception {
    EngineSettings watched = quiet().with().observer(retries).build();
    try (StockEngine engine = StockEngine.open(gate.around(database.pool()), watched)) {
      Shop late = new Shop(engine, database.pool(), shop().tenant());
      CompletableFuture<Answer> answer = late.submit(paused);
      gate.awaitReached();
      assertInstanceOf(Outcome.Effect.class, shop().outcome(meanwhile));
      gate.open();
      return answer.join().outcome();
    }
  }

  /// It reads what the other has left, so every version is as it expects: only the token tells.
  @Test
  void aHolderPausedBeforeItReadsWritesNothingLate() throws Exception {
    shop().stocks("tea", 10);
    Command one = purchase(Line.of("tea", 1));
    assertInstanceOf(Outcome.Purchased.class, late(Gate.beforeReading(), one, one));
    assertEquals(1, retries.of(Retry.FENCED), "its first write was refused");
    assertEquals(0, retries.of(Retry.CONFLICT));
    assertEquals(new StockCount(8, 0, 3), shop().count("tea"));
  }

  @Test
  void aHolderPausedBeforeItWritesWritesNothingLate() throws Exception {
    shop().stocks("tea", 10);
    Command one = purchase(Line.of("tea", 1));
    assertInstanceOf(Outcome.Purchased.class, late(Gate.beforeWriting(), one, one));
    assertEquals(1, retries.of(Retry.CONFLICT), "what it had read was changed");
    assertEquals(1, retries.of(Retry.FENCED), "with what it read again, its token was old");
    assertEquals(new StockCount(8, 0, 3), shop().count("tea"));
  }

  @Test
  void aHolderPausedWhileTheLastOneIsSoldSellsNothing() throws Exception {
    shop().stocks("tea", 1);
    Command one = purchase(Line.of("tea", 1));
    assertInstanceOf(Refusal.InsufficientStock.class, late(Gate.beforeWriting(), one, one));
    assertEquals(new StockCount(0, 0, 2), shop().count("tea"));
  }

  @Test
  void aHolderOfOneLineOfSeveralIsHeldOffAsAWhole() throws Exception {
    shop().stocks("cup", 10).stocks("tea", 10);
    Command both = reserve(Line.of("cup", 2), Line.of("tea", 2));
    Command one = purchase(Line.of("tea", 1));
    assertInstanceOf(Outcome.Reserved.class, late(Gate.beforeReading(), both, one));
    assertEquals(1, retries.of(Retry.FENCED));
    assertEquals(new StockCount(10, 2, 2), shop().count("cup"));
    assertEquals(new StockCount(9, 2, 3), shop().count("tea"));
  }

  @Test
  void aReservationHasAFenceOfItsOwn() throws Exception {
    shop().stocks("tea", 10);
    ReservationId id = shop().reserved(Line.of("tea", 1));
    Command longer = new Command.Extend(id, Duration.ofHours(2));
    Command later = new Command.Extend(id, Duration.ofHours(5));
    assertInstanceOf(Outcome.Extended.class, late(Gate.beforeReading(), longer, later));
    assertEquals(1, retries.of(Retry.FENCED));
  }

  /// The lines of a reservation are known once it was read: it is locked with them all the same.
  @Test
  void anEndingIsFencedToo() throws Exception {
    shop().stocks("tea", 10);
    ReservationId id = shop().reserved(Line.of("tea", 4));
    Gate secondTransaction = new Gate("setAutoCommit", 2);
    Command one = purchase(Line.of("tea", 1));
    assertInstanceOf(Outcome.Committed.class, late(secondTransaction, new Command.Commit(id), one));
    assertEquals(1, retries.of(Retry.FENCED));
    assertEquals(new StockCount(5, 0, 4), shop().count("tea"));
  }

  @Test
  void whoeverLocksRowsInTheDatabaseMaySellFromTheSameStock() throws SQLException {
    shop().stocks("tea", 300);
    try (StockEngine other =
        StockEngine.open(database.pool(), EngineSettings.of(Control.COMBINED))) {
      Shop sameShop = new Shop(other, database.pool(), shop().tenant());
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(shop().submit(purchase(Line.of("tea", 1))));
        answers.add(sameShop.submit(purchase(Line.of("tea", 1))));
      }
      long sold =
          answers.stream()
              .filter(answer -> answer.join().outcome() instanceof Outcome.Purchased)
              .count();
      assertEquals(300, sold);
    }
    assertEquals(new StockCount(0, 0, 301), shop().count("tea"));
  }

  @Test
  void aRefusalAndARepeatNeedNoLock() throws Exception {
    shop().stocks("tea", 10);
    ReservationId id = shop().reserved(Line.of("tea", 1));
    Command commit = new Command.Commit(id);
    Answer first = shop().answer(commit, shop().call("key"));
    try (var _ = brief.acquire(shop().tenant(), allRows(id), Duration.ofSeconds(1))) {
      assertEquals(new Answer(first.outcome(), true), shop().answer(commit, shop().call("key")));
      assertInstanceOf(Refusal.ReservationNotHeld.class, shop().outcome(new Command.Release(id)));
    }
  }

  private static List<String> allRows(ReservationId id) {
    return List.of("reservation\n" + id, "level\ntea\nmain");
  }

  @Test
  void withoutAMutexThereIsNoSuchControl() {
    assertThrows(IllegalArgumentException.class, () -> EngineSettings.of(Control.FENCED_LOCK));
    EngineSettings.Builder builder = EngineSettings.with(Control.COMBINED);
    builder.tenantControls(Map.of(shop().tenant(), Control.FENCED_LOCK));
    assertThrows(IllegalArgumentException.class, builder::build);
    assertTrue(builder.mutex(brief).build().controls().contains(Control.FENCED_LOCK));
  }
}
