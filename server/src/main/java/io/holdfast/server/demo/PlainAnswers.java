package io.holdfast.server.demo;

import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockedLine;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Answers in the form that flash-sale systems of this kind have.
final class PlainAnswers {
  private PlainAnswers() {}

  @Schema(name = "PlainPurchase")
  record PlainPurchase(boolean success, String message, long remainingStock) {}

  @Schema(name = "PlainRefusal")
  record PlainBusy(boolean success, String message) {}

  @Schema(name = "PlainInventory")
  record PlainInventory(
      String itemId,
      String itemName,
      long currentStock,
      long initialStock,
      long totalPurchases,
      Instant lastUpdated) {

    static PlainInventory of(Inventory inventory) {
      return new PlainInventory(
          Demonstration.TICKET.value(),
          DemoShop.TICKET_NAME,
          inventory.available(),
          DemoShop.TICKETS,
          inventory.purchases(),
          inventory.updatedAt());
    }
  }

  static Response of(Answer answer) {
    return switch (answer.outcome()) {
      case Outcome.Purchased purchased ->
          JsonResponses.of(
                  200,
                  new PlainPurchase(true, "Purchase successful", remaining(purchased)),
                  answer.replayed())
              .build();
      case Refusal.InsufficientStock _ ->
          JsonResponses.of(
                  410, new PlainPurchase(false, "SOLD OUT - No more inventory available", 0))
              .build();
      case Refusal refusal -> ProblemResponses.of(RefusalProblems.of(refusal));
      case Outcome.Effect effect ->
          throw new IllegalStateException("a purchase was answered with " + effect);
    };
  }

  /// A fault of ours is not dressed up as a crowd.
  static Response failed(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (!(cause instanceof StockFailure failure) || isOurs(failure)) {
      throw new CompletionException(cause);
    }
    return JsonResponses.of(503, new PlainBusy(false, "Server busy - please retry"))
        .header("Retry-After", "1")
        .build();
  }

  /// Also a purchase that may have taken effect: whoever retries that without a key may buy twice.
  private static boolean isOurs(StockFailure failure) {
    return failure.category() == StockFailure.Category.INTERNAL
        || failure.code() == StockFailure.Code.OUTCOME_UNKNOWN;
  }

  private static long remaining(Outcome.Purchased purchased) {
    StockedLine line = purchased.lines().getFirst();
    StockCount after = line.after();
    return after == null ? 0 : after.available();
  }
}
