package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Control;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CombinedFaultTest extends FaultContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  @Test
  void aCommandThatWaitsForOneRowHoldsNoOther() throws SQLException {
    shop().stocks("free", 100).stocks("held", 10);
    try (Connection stranger = database.connectAsSuperuser()) {
      hold(stranger, "held");
      CompletableFuture<Answer> both =
          shop().submit(purchase(Line.of("free", 1), Line.of("held", 1)));
      for (int i = 0; i < 50; i++) {
        assertInstanceOf(Outcome.Purchased.class, shop().outcome(purchase(Line.of("free", 1))));
      }
      assertFalse(both.isDone(), "one of its rows is still held");
      stranger.rollback();
      assertInstanceOf(Outcome.Purchased.class, both.join().outcome());
    }
    assertEquals(49, shop().count("free").onHand());
    assertEquals(9, shop().count("held").onHand());
  }
}
