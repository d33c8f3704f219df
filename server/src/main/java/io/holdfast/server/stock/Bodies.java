package io.holdfast.server.stock;

import io.holdfast.stock.ItemView;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
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

  /// What was not there for a caller who is content with less.
  @Schema(name = "MissingLine")
  record MissingLine(
      String sku, @Schema(nullable = true) @Nullable String location, long quantity) {

    private static MissingLine of(Line line) {
      LocationId location = line.location();
      return new MissingLine(
          line.sku().value(), location == null ? null : location.value(), line.quantity());
    }
  }

  @Schema(name = "HeldReservation")
  record Held(
      String id,
      String state,
      long version,
      @Schema(nullable = true) @Nullable String customer,
      List<DecidedLine> lines,
      List<MissingLine> missing,
      Instant createdAt,
      Instant expiresAt) {

    static Held of(Outcome.Reserved reserved) {
      return new Held(
          reserved.reservation().toString(),
          "held",
          ReservationView.FIRST_VERSION,
          reserved.customer() == null ? null : reserved.customer().reference(),
          DecidedLine.of(reserved.lines()),
          reserved.missing().stream().map(MissingLine::of).toList(),
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

  @Schema(name = "ChangedReservation")
  record Changed(
      String id,
      String state,
      long version,
      List<DecidedLine> lines,
      Instant changedAt,
      Instant expiresAt) {

    static Changed of(Outcome.Changed changed) {
      return new Changed(
          changed.reservation().toString(),
          "held",
          changed.version(),
          DecidedLine.of(changed.lines()),
          changed.at(),
          changed.expiresAt());
    }
  }

  /// @param released what was given back, when only a part was committed
  /// @param wasExpired whether its time had been up, and the tenant has it reserved again
  @Schema(name = "CommittedReservation")
  record Committed(
      String id,
      String state,
      List<DecidedLine> lines,
      List<DecidedLine> released,
      boolean wasExpired,
      Instant endedAt) {

    static Committed of(Outcome.Committed committed) {
      return new Committed(
          committed.reservation().toString(),
          "committed",
          DecidedLine.of(committed.lines()),
          DecidedLine.of(committed.released()),
          committed.wasExpired(),
          committed.at());
    }
  }

  @Schema(name = "EndedReservation")
  record Ended(String id, String state, List<DecidedLine> lines, Instant endedAt) {}

  /// @param lines what came back
  @Schema(name = "Return")
  record Returned(
      String id,
      List<DecidedLine> lines,
      @Schema(nullable = true) @Nullable String reason,
      Instant returnedAt) {

    static Returned of(Outcome.Returned returned) {
      Reason reason = returned.reason();
      return new Returned(
          returned.reservation().toString(),
          DecidedLine.of(returned.lines()),
          reason == null ? null : reason.text(),
          returned.at());
    }
  }

  @Schema(name = "ExtendedReservation")
  record Extended(String id, String state, Instant expiresAt) {}

  /// @param location null for an untracked item
  @Schema(name = "ReservedLine")
  record ReservedLine(
      String sku,
      @Schema(nullable = true) @Nullable String location,
      long quantity,
      long returned) {

    private static ReservedLine of(ReservationView.ReservedLine line) {
      LocationId location = line.location();
      return new ReservedLine(
          line.sku().value(),
          location == null ? null : location.value(),
          line.quantity(),
          line.returned());
    }
  }

  /// @param version counts its changes, from 1
  /// @param expiresAt null for a purchase
  /// @param endedAt null while held
  @Schema(name = "Reservation")
  record Reservation(
      String id,
      String state,
      long version,
      @Schema(nullable = true) @Nullable String customer,
      List<ReservedLine> lines,
      Instant createdAt,
      @Schema(nullable = true) @Nullable Instant expiresAt,
      @Schema(nullable = true) @Nullable Instant endedAt) {

    static Reservation of(ReservationView view) {
      return new Reservation(
          view.id().toString(),
          view.state().code(),
          view.version(),
          view.customer() == null ? null : view.customer().reference(),
          view.lines().stream().map(ReservedLine::of).toList(),
          view.createdAt(),
          view.expiresAt(),
          view.endedAt());
    }
  }

  /// @param next what `after` asks for the page behind this one; null: this is the last
  @Schema(name = "ReservationPage")
  record ReservationPage(
      List<Reservation> reservations, @Schema(nullable = true) @Nullable String next) {

    /// @param found one more than are shown, if there are more
    static ReservationPage of(List<ReservationView> found, int most) {
      List<Reservation> shown = found.stream().limit(most).map(Reservation::of).toList();
      return new ReservationPage(shown, found.size() > most ? shown.getLast().id() : null);
    }
  }

  /// @param safetyStock what of it is kept from being sold
  @Schema(name = "StockLevel")
  record Level(
      String location, long onHand, long reserved, long available, long safetyStock, long version) {

    private static Level of(ItemView.Level level) {
      StockCount count = level.count();
      return new Level(
          level.location().value(),
          count.onHand(),
          count.reserved(),
          count.available(),
          count.safetyStock(),
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
