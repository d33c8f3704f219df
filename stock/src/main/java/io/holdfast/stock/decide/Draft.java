package io.holdfast.stock.decide;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockedLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A decision in the making: what it does to levels, one change after the other, and what they
/// count meanwhile. The view stays as it is.
final class Draft {
  private static final StockCount NOTHING = new StockCount(0, 0, 0);

  private final StockView view;
  private final @Nullable Reason reason;
  private final Map<LevelKey, StockCount> counts = new HashMap<>();
  private final List<LevelChange> changes = new ArrayList<>();

  Draft(StockView view) {
    this(view, null);
  }

  /// @param reason why, as whoever asks for it has said
  Draft(StockView view, @Nullable Reason reason) {
    this.view = view;
    this.reason = reason;
  }

  /// What the level counts after the changes so far; nothing where it has no record yet.
  StockCount count(LevelKey level) {
    StockCount drafted = counts.get(level);
    return drafted != null ? drafted : view.level(level).orElse(NOTHING);
  }

  /// One movement that belongs to no reservation.
  StockCount move(LevelKey level, MovementKind kind, long onHandChange, @Nullable String detail) {
    return add(new Movement(kind, null, detail), level, onHandChange, 0, safetyStock(level));
  }

  /// One movement of a reservation's.
  StockCount move(
      LevelKey level,
      MovementKind kind,
      long onHandChange,
      long reservedChange,
      ReservationId reservation) {
    return add(
        new Movement(kind, reservation, null),
        level,
        onHandChange,
        reservedChange,
        safetyStock(level));
  }

  StockCount setSafetyStock(LevelKey level, long safetyStock) {
    Movement movement = new Movement(MovementKind.SAFETY_STOCK, null, Long.toString(safetyStock));
    return add(movement, level, 0, 0, safetyStock);
  }

  private long safetyStock(LevelKey level) {
    return count(level).safetyStock();
  }

  private record Movement(
      MovementKind kind, @Nullable ReservationId reservation, @Nullable String detail) {}

  private StockCount add(
      Movement movement, LevelKey level, long onHandChange, long reservedChange, long safetyStock) {
    StockCount before = count(level);
    StockCount after =
        new StockCount(
            Math.addExact(before.onHand(), onHandChange),
            Math.addExact(before.reserved(), reservedChange),
            before.version() + 1,
            safetyStock);
    counts.put(level, after);
    changes.add(
        new LevelChange(
            level,
            movement.kind,
            onHandChange,
            reservedChange,
            after,
            movement.reservation,
            reason,
            movement.detail));
    return after;
  }

  List<LevelChange> changes() {
    return changes;
  }

  /// The lines as they are to be told, with what their levels count in the end.
  List<StockedLine> stocked(List<HeldLine> lines) {
    return lines.stream()
        .map(
            line ->
                new StockedLine(
                    line.sku(),
                    Objects.requireNonNullElse(line.location(), LocationId.MAIN),
                    line.quantity(),
                    line.level().map(this::count).orElse(null)))
        .toList();
  }
}
