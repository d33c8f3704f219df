package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static io.holdfast.stock.testing.Shop.receive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys are looked for after the decision where hardly any is repeated. What is told does not tell;
/// how often a transaction was undone does.
class KeyLookupTest extends StockContract {
  private final AtomicInteger undone = new AtomicInteger();
  private StockEngine engine;
  private Shop shop;

  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  @BeforeEach
  void openAnother() {
    EngineObserver observer =
        new EngineObserver() {
          @Override
          public void retried(Retry why) {
            assertEquals(Retry.KEY_TAKEN, why);
            undone.incrementAndGet();
          }
        };
    // Not a single attempt more than the first: a repeat is none of the conflicts that it is for.
    EngineSettings settings = quiet().with().observer(observer).maxRetries(0).build();
    engine = StockEngine.open(database.pool(), settings);
    shop = new Shop(engine, database.pool(), shop().tenant());
  }

  @AfterEach
  void closeIt() {
    engine.close();
  }

  private Answer buys(String key, int quantity) {
    return shop.answer(purchase(Line.of("tea", quantity)), shop.call(key));
  }

  /// So many purchases that a repeat before them is forgotten.
  private void forgets() {
    for (int i = 0; i < 40; i++) {
      assertFalse(buys("another-" + i, 1).replayed());
    }
    undone.set(0);
  }

  @Test
  void aRepeatUndoesItsTransactionAndNothingElse() throws SQLException {
    shop().stocks("tea", 100);
    Answer first = buys("key", 2);
    assertEquals(new Answer(first.outcome(), true), buys("key", 2));
    assertEquals(1, undone.get());
    assertInstanceOf(Refusal.KeyReused.class, buys("key", 3).outcome());
    assertEquals(1, undone.get(), "the first one was not long ago");
    assertEquals(98, shop.count("tea").onHand());
  }

  @Test
  void theOthersInItsBatchHaveTheirEffectOnce() throws SQLException {
    shop().stocks("tea", 100);
    Answer first = buys("key", 1);
    List<CompletableFuture<Answer>> batch = new ArrayList<>();
    try (Connection stranger = database.connectAsSuperuser()) {
      shop.hold(stranger, "tea");
      for (int i = 0; i < 20; i++) {
        String key = i % 7 == 3 ? "key" : "key-" + i;
        batch.add(shop.submit(purchase(Line.of("tea", 1)), shop.call(key)));
      }
      stranger.rollback();
      for (int i = 0; i < 20; i++) {
        Answer answer = batch.get(i).join();
        assertEquals(i % 7 == 3, answer.replayed());
        assertEquals(i % 7 == 3, answer.outcome().equals(first.outcome()));
      }
    }
    assertTrue(undone.get() > 0);
    assertEquals(82, shop.count("tea").onHand());
  }

  @Test
  void whatWasDoneIsToldAgainThoughItWouldBeRefusedNow() throws SQLException {
    shop().stocks("tea", 50);
    Answer first = buys("key", 10);
    forgets();
    assertEquals(new Answer(first.outcome(), true), buys("key", 10));
    assertInstanceOf(Refusal.InsufficientStock.class, buys("new", 10).outcome());
    assertEquals(0, undone.get(), "nothing would have been written");
  }

  @Test
  void aRepeatThatIsForgottenIsFoundAgain() throws SQLException {
    shop().stocks("tea", 100);
    Answer received = shop.answer(receive("tea", 5), shop.call("key"));
    forgets();
    assertEquals(
        new Answer(received.outcome(), true), shop.answer(receive("tea", 5), shop.call("key")));
    assertEquals(1, undone.get());
    assertEquals(65, shop.count("tea").onHand());
  }
}
