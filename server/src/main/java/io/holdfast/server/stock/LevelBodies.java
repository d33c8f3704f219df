package io.holdfast.server.stock;

import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockedLine;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Bodies of answers about a level alone, which nobody reserved for.
final class LevelBodies {
  private LevelBodies() {}

  @Schema(name = "Receipt")
  record Receipt(
      String sku,
      String location,
      long quantity,
      long onHand,
      long reserved,
      long available,
      long version,
      Instant receivedAt) {

    static Receipt of(Outcome.Received received) {
      StockedLine line = received.line();
      StockCount after = after(line);
      return new Receipt(
          line.sku().value(),
          line.location().value(),
          line.quantity(),
          after.onHand(),
          after.reserved(),
          after.available(),
          after.version(),
          received.at());
    }
  }

  @Schema(name = "Adjustment")
  record Adjustment(
      String sku,
      String location,
      long quantity,
      long onHand,
      long reserved,
      long available,
      long version,
      String reason,
      Instant adjustedAt) {

    static Adjustment of(Outcome.Adjusted adjusted) {
      StockCount after = adjusted.after();
      return new Adjustment(
          adjusted.sku().value(),
          adjusted.location().value(),
          adjusted.change(),
          after.onHand(),
          after.reserved(),
          after.available(),
          after.version(),
          adjusted.reason().text(),
          adjusted.at());
    }
  }

  /// @param quantity by how much what was counted differs from what was believed, signed
  @Schema(name = "StockCount")
  record Counted(
      String sku,
      String location,
      long quantity,
      long onHand,
      long reserved,
      long available,
      long version,
      @Schema(nullable = true) @Nullable String reason,
      Instant countedAt) {

    static Counted of(Outcome.Counted counted) {
      StockCount after = counted.after();
      return new Counted(
          counted.sku().value(),
          counted.location().value(),
          counted.change(),
          after.onHand(),
          after.reserved(),
          after.available(),
          after.version(),
          text(counted.reason()),
          counted.at());
    }
  }

  /// One end of a transfer, after it.
  @Schema(name = "TransferEnd")
  record TransferEnd(String location, long onHand, long reserved, long available, long version) {

    private static TransferEnd of(StockedLine line) {
      StockCount after = after(line);
      return new TransferEnd(
          line.location().value(),
          after.onHand(),
          after.reserved(),
          after.available(),
          after.version());
    }
  }

  @Schema(name = "Transfer")
  record Transfer(
      String sku,
      long quantity,
      TransferEnd from,
      TransferEnd to,
      @Schema(nullable = true) @Nullable String reason,
      Instant transferredAt) {

    static Transfer of(Outcome.Transferred transferred) {
      return new Transfer(
          transferred.from().sku().value(),
          transferred.from().quantity(),
          TransferEnd.of(transferred.from()),
          TransferEnd.of(transferred.to()),
          text(transferred.reason()),
          transferred.at());
    }
  }

  @Schema(name = "SafetyStock")
  record SafetyStock(
      String sku,
      String location,
      long safetyStock,
      long onHand,
      long reserved,
      long available,
      long version,
      @Schema(nullable = true) @Nullable String reason,
      Instant setAt) {

    static SafetyStock of(Outcome.SafetyStockSet set) {
      StockCount after = set.after();
      return new SafetyStock(
          set.sku().value(),
          set.location().value(),
          after.safetyStock(),
          after.onHand(),
          after.reserved(),
          after.available(),
          after.version(),
          text(set.reason()),
          set.at());
    }
  }

  /// @param quantity by how much what was counted differs from what the ledger had, signed
  @Schema(name = "Correction")
  record Correction(
      String sku,
      String location,
      long quantity,
      long onHand,
      long reserved,
      long available,
      long version,
      String reason,
      Instant correctedAt) {

    static Correction of(Outcome.Corrected corrected) {
      StockCount after = corrected.after();
      return new Correction(
          corrected.sku().value(),
          corrected.location().value(),
          corrected.change(),
          after.onHand(),
          after.reserved(),
          after.available(),
          after.version(),
          corrected.reason().text(),
          corrected.at());
    }
  }

  private static StockCount after(StockedLine line) {
    return Objects.requireNonNull(line.after(), "only a tracked item has levels");
  }

  private static @Nullable String text(@Nullable Reason reason) {
    return reason == null ? null : reason.text();
  }
}
