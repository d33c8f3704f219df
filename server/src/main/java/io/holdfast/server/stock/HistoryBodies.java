package io.holdfast.server.stock;

import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging.Order;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Bodies that tell how a level came to be what it is.
final class HistoryBodies {
  private HistoryBodies() {}

  /// The balances are those after the movement.
  ///
  /// @param version of the level, one higher with each movement
  /// @param actor who asked for it
  /// @param reservation the reservation or purchase that it belongs to
  /// @param detail of a transfer the other location, of a safety stock how much it is from then on
  @Schema(name = "Movement")
  record Movement(
      long version,
      String kind,
      long onHandChange,
      long reservedChange,
      long onHand,
      long reserved,
      long available,
      String actor,
      @Schema(nullable = true) @Nullable String reason,
      @Schema(nullable = true) @Nullable String reservation,
      @Schema(nullable = true) @Nullable String detail,
      Instant recordedAt) {

    static Movement of(MovementView view) {
      StockCount after = view.after();
      ReservationId reservation = view.reservation();
      return new Movement(
          after.version(),
          view.kind(),
          view.onHandChange(),
          view.reservedChange(),
          after.onHand(),
          after.reserved(),
          after.available(),
          view.actor(),
          view.reason(),
          reservation == null ? null : reservation.toString(),
          view.detail(),
          view.recordedAt());
    }
  }

  /// @param next to be sent as `after` for the next page; null: this was the last
  @Schema(name = "MovementPage")
  record Page(
      String sku,
      String location,
      List<Movement> movements,
      @Schema(nullable = true) @Nullable String next) {

    static Page of(Sku sku, LocationId location, Order order, LevelHistory.Page page) {
      List<MovementView> movements = page.movements();
      String next =
          page.hasMore()
              ? MovementCursor.after(order, movements.getLast().after().version())
              : null;
      return new Page(
          sku.value(), location.value(), movements.stream().map(Movement::of).toList(), next);
    }
  }
}
