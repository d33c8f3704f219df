package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Dawdler.sleeping;
import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant.Place;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.testing.Dawdler.Dawdling;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A transaction ends in time, whatever it is that takes so long in it, and then it had no effect.
public abstract class TransactionTimeContract extends StockContract {
  private static final Duration LIMIT = Duration.ofMillis(500);

  /// Takes longer in all, and far less each.
  private static final Dawdler.Pastime TOO_MANY = sleeping(3, 0.2);

  @BeforeEach
  final void stock() throws SQLException {
    shop().stocks("tea", 100);
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void statementsThatAreEachShortCanTakeTooLongTogether(Place place) {
    assertTimeIsUp(place, Dawdling.inBegin(TOO_MANY));
    assertTimeIsUp(place, Dawdling.inWrite(TOO_MANY));
    assertEquals(100, shop().count("tea").onHand());
  }

  @Test
  void aStatementHasNoMoreThanWhatIsLeft() {
    long start = System.nanoTime();
    assertTimeIsUp(Place.LAST, Dawdling.inBegin(sleeping(1, 8)));
    assertTimeIsUp(Place.LAST, Dawdling.inWrite(sleeping(1, 8)));
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(6).toNanos(), "it is cut short");
  }

  /// The database ends it, since its node does not.
  @Test
  void aParticipantWithoutEndHoldsNoRowForEver() throws SQLException {
    Dawdling endless = Dawdling.inBegin(sleeping(Integer.MAX_VALUE, 0.05));
    assertTimeIsUp(Place.AFTER_STOCK, endless);
    assertEquals(100, shop().count("tea").onHand());
  }

  @Test
  void aNodeThatDawdlesHoldsNoRowMeanwhile() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Dawdling pausing =
        Dawdling.inBegin(
            _ -> {
              begun.countDown();
              long start = System.nanoTime();
              Await.until(
                  Duration.ofSeconds(10),
                  () ->
                      free.getCount() == 0
                          && System.nanoTime() - start > LIMIT.multipliedBy(2).toNanos());
            });
    try (StockEngine engine = StockEngine.open(database.pool(), with(Place.LAST));
        Connection stranger = database.connectAsSuperuser()) {
      CompletableFuture<Answer> answer = buy(engine, pausing);
      begun.await();
      shop().hold(stranger, "tea");
      free.countDown();
      stranger.rollback();
      assertEquals(StockFailure.Code.TRANSACTION_TIMEOUT, FaultContract.failure(answer).code());
    }
    assertEquals(100, shop().count("tea").onHand());
  }

  /// Of another item: those of the same one wait for its row, and their time counts, too.
  @Test
  void oneThatTakesTooLongHarmsNoOther() throws SQLException {
    shop().stocks("coffee", 100);
    try (StockEngine engine = StockEngine.open(database.pool(), with(Place.LAST))) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      Dawdling slow = Dawdling.inWrite(TOO_MANY);
      for (int i = 0; i < 8; i++) {
        answers.add(i == 5 ? buy(engine, slow) : buy(engine, "coffee", Dawdling.inWrite(_ -> {})));
      }
      StockFailure failure = FaultContract.failure(answers.remove(5));
      assertEquals(StockFailure.Code.TRANSACTION_TIMEOUT, failure.code());
      assertEquals(StockFailure.Category.BUSY, failure.category());
      answers.forEach(answer -> assertInstanceOf(Outcome.Purchased.class, answer.join().outcome()));
    }
    assertEquals(100, shop().count("tea").onHand());
    assertEquals(93, shop().count("coffee").onHand());
  }

  private void assertTimeIsUp(Place place, Dawdling dawdling) {
    try (StockEngine engine = StockEngine.open(database.pool(), with(place))) {
      StockFailure failure = FaultContract.failure(buy(engine, dawdling));
      assertEquals(StockFailure.Code.TRANSACTION_TIMEOUT, failure.code(), failure::toString);
    }
  }

  private CompletableFuture<Answer> buy(StockEngine engine, Dawdling dawdling) {
    return buy(engine, "tea", dawdling);
  }

  private CompletableFuture<Answer> buy(StockEngine engine, String sku, Dawdling dawdling) {
    return engine
        .submit(purchase(Line.of(sku, 1)), shop().call().with(dawdling))
        .toCompletableFuture();
  }

  private EngineSettings with(Place place) {
    return quiet()
        .with()
        .transactionTimeout(LIMIT)
        .participants(List.of(new Dawdler(place)))
        .build();
  }
}
