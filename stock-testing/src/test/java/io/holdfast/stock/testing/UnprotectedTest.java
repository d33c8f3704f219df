package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.UnprotectedLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The broken control fails where the others pass. If it ever passed, the contract would prove
/// nothing.
class UnprotectedTest {
  @Test
  void sellsMoreThanThereIsAndTheVerifierSaysSo() throws SQLException {
    TestDatabase spoiled = TestDatabase.shared().beside("unprotected");
    try (Connection owner = spoiled.connectAsOwner()) {
      UnprotectedLedger.prepare(owner);
    }
    try (StockEngine engine =
        StockEngine.open(spoiled.pool(), EngineSettings.of(Control.UNPROTECTED))) {
      Shop shop = new Shop(engine, spoiled.pool(), spoiled.newTenant()).stocks("ticket", 50);
      List<CompletableFuture<Answer>> answers =
          IntStream.range(0, 400)
              .mapToObj(_ -> shop.submit(purchase(Line.of("ticket", 1))))
              .toList();
      long sold =
          answers.stream()
              .filter(answer -> answer.join().outcome() instanceof Outcome.Purchased)
              .count();
      assertTrue(sold > 50, () -> "only " + sold + " of 50 were sold");
      try (Connection connection = spoiled.connect()) {
        assertFalse(StockVerifier.create().verifyTenant(connection, shop.tenant()).isEmpty());
      }
    }
    try (Connection owner = spoiled.connectAsOwner()) {
      assertTrue(
          StockVerifier.create().verifySchema(owner).stream()
              .anyMatch(difference -> difference.row().equals("movements.movements_pk")));
    }
  }
}
