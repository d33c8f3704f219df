package io.holdfast.server.stock;

import io.holdfast.stock.ItemView;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockedLine;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Bodies of answers. Each is made of one outcome and nothing else, so that a repeated key gets the
/// same bytes.
final class Bodies {
  private Bodies() {}

  /// @param location null for an untracked item
  /// @param available what was left at that level after this decision; null for an untracked item
  @Schema(name = "DecidedLine")
  record DecidedLine(
      String sku,
      @Schema(nullable = true) @Nullable String location,
      long quantity,
      @Schema(nullable = true) @Nullable Long available) {

    static List<DecidedLine> of(List<StockedLine> lines) {
      return lines.stream().map(DecidedLine::of).toList();
    }

    private static DecidedLine of(StockedLine line) {
      StockCount after = line.after();
      return after == null
          ? new DecidedLine(line.sku().value(), null, line.quantity(), null)
          : new DecidedLine(
              line.sku().value(), line.location().value(), line.quantity(), after.available());
    }
  }

  @Schema(name = "HeldReservation")
  record Held(
      String id,
      String state,
      @Schema(nullable = true) @Nullable String customer,
      List<DecidedLine> lines,
      Instant createdAt,
      Instant expiresAt) {

    static Held of(Outcome.Reserved reserved) {
      return new Held(
          reserved.reservation().toString(),
          "held",
          reserved.customer() == null ? null : reserved.customer().reference(),
          DecidedLine.of(reserved.lines()),
          reserved.at(),
          reserved.expiresAt());
    }
  }

  @Schema(name = "Purchase")
  record Purchase(
      String id,
      String state,
      @Schema(nullable = true) @Nullable String customer,
      List<DecidedLine> lines,
      Instant createdAt) {

    static Purchase of(Outcome.Purchased purchased) {
      return new Purchase(
          purchased.reservation().toString(),
          "committed",
          purchased.customer() == null ? null : purchased.customer().reference(),
          DecidedLine.of(purchased.lines()),
          purchased.at());
    }
  }

  @Schema(name = "EndedReservation")
  record Ended(String id, String state, List<DecidedLine> lines, Instant endedAt) {}

  @Schema(name = "ExtendedReservation")
  record Extended(String id, String state, Instant expiresAt) {}

  @Schema(name = "Receipt")
  record Receipt(
      String sku,
      String location,
      long quantity,
      long onHand,
      long reserved,
      long available,
      long version,
      Instant receivedAt) {}

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

  /// @param location null for an untracked item
  @Schema(name = "ReservedLine")
  record ReservedLine(
      String sku, @Schema(nullable = true) @Nullable String location, long quantity) {

    private static ReservedLine of(ReservationView.ReservedLine line) {
      LocationId location = line.location();
      return new ReservedLine(
          line.sku().value(), location == null ? null : location.value(), line.quantity());
    }
  }

  /// @param expiresAt null for a purchase
  /// @param endedAt null while held
  @Schema(name = "Reservation")
  record Reservation(
      String id,
      String state,
      @Schema(nullable = true) @Nullable String customer,
      List<ReservedLine> lines,
      Instant createdAt,
      @Schema(nullable = true) @Nullable Instant expiresAt,
      @Schema(nullable = true) @Nullable Instant endedAt) {

    static Reservation of(ReservationView view) {
      return new Reservation(
          view.id().toString(),
          view.state().code(),
          view.customer() == null ? null : view.customer().reference(),
          view.lines().stream().map(ReservedLine::of).toList(),
          view.createdAt(),
          view.expiresAt(),
          view.endedAt());
    }
  }

  @Schema(name = "StockLevel")
  record Level(String location, long onHand, long reserved, long available, long version) {

    private static Level of(ItemView.Level level) {
      StockCount count = level.count();
      return new Level(
          level.location().value(),
          count.onHand(),
          count.reserved(),
          count.available(),
          count.version());
    }
  }

  /// The sums are null for an untracked item, which has no levels.
  ///
  /// @param asOf the instant that was asked for; null: it is the present state
  @Schema(name = "ItemStock")
  record ItemStock(
      String sku,
      boolean tracked,
      @Schema(nullable = true) @Nullable Long onHand,
      @Schema(nullable = true) @Nullable Long reserved,
      @Schema(nullable = true) @Nullable Long available,
      List<Level> levels,
      @Schema(nullable = true) @Nullable Instant asOf) {

    static ItemStock of(ItemView item, @Nullable Instant asOf) {
      Sku sku = item.sku();
      if (!item.tracked()) {
        return new ItemStock(sku.value(), false, null, null, null, List.of(), asOf);
      }
      List<Level> levels = item.levels().stream().map(Level::of).toList();
      long onHand = levels.stream().mapToLong(Level::onHand).reduce(0, Math::addExact);
      long reserved = levels.stream().mapToLong(Level::reserved).reduce(0, Math::addExact);
      return new ItemStock(
          sku.value(), true, onHand, reserved, Math.subtractExact(onHand, reserved), levels, asOf);
    }
  }
}
