package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockedLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides reserve and purchase: claims on stock by lines, all or nothing.
final class Claim {
  private Claim() {}

  static Decision reserve(
      StockView view, Command.Reserve reserve, ReservationId newId, Instant now) {
    Map<LevelKey, Long> wanted = wantedPerLevel(view, reserve.lines());
    Optional<Refusal> refusal = refusal(view, reserve.lines(), wanted);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    List<LevelChange> changes = new ArrayList<>(wanted.size());
    wanted.forEach(
        (level, quantity) -> changes.add(change(view, level, MovementKind.RESERVE, 0, quantity)));
    Instant expiresAt = now.plus(reserve.ttl());
    return new Decision(
        new Outcome.Reserved(
            newId, stocked(reserve.lines(), changes), reserve.customer(), now, expiresAt),
        new Changes(
            changes,
            new ReservationChange.Made(
                new Reservation(
                    newId,
                    ReservationState.HELD,
                    held(view, reserve.lines()),
                    reserve.customer(),
                    now,
                    expiresAt))));
  }

  static Decision purchase(
      StockView view, Command.Purchase purchase, ReservationId newId, Instant now) {
    Map<LevelKey, Long> wanted = wantedPerLevel(view, purchase.lines());
    Optional<Refusal> refusal = refusal(view, purchase.lines(), wanted);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    List<LevelChange> changes = new ArrayList<>(wanted.size());
    wanted.forEach(
        (level, quantity) -> changes.add(change(view, level, MovementKind.PURCHASE, -quantity, 0)));
    @Nullable Customer customer = purchase.customer();
    return new Decision(
        new Outcome.Purchased(newId, stocked(purchase.lines(), changes), customer, now),
        new Changes(
            changes,
            new ReservationChange.Made(
                new Reservation(
                    newId,
                    ReservationState.COMMITTED,
                    held(view, purchase.lines()),
                    customer,
                    now,
                    null))));
  }

  /// Lines of the same level add up. Levels stand in the order in which they are first named.
  private static Map<LevelKey, Long> wantedPerLevel(StockView view, List<Line> lines) {
    Map<LevelKey, Long> wanted = new LinkedHashMap<>();
    for (Line line : lines) {
      if (view.tracked(line.sku()).orElse(false)) {
        wanted.merge(new LevelKey(line.sku(), line.location()), line.quantity(), Math::addExact);
      }
    }
    return wanted;
  }

  private static Optional<Refusal> refusal(
      StockView view, List<Line> lines, Map<LevelKey, Long> wanted) {
    for (Line line : lines) {
      if (view.tracked(line.sku()).isEmpty()) {
        return Optional.of(new Refusal.UnknownItem(line.sku()));
      }
    }
    for (LevelKey level : wanted.keySet()) {
      if (view.level(level).isEmpty()) {
        return Optional.of(new Refusal.NoStockRecord(level.sku(), level.location()));
      }
    }
    List<Refusal.Shortage> shortages = new ArrayList<>();
    wanted.forEach(
        (level, quantity) -> {
          StockCount count = view.level(level).orElseThrow();
          if (count.available() < quantity) {
            shortages.add(new Refusal.Shortage(level.sku(), level.location(), quantity, count));
          }
        });
    return shortages.isEmpty()
        ? Optional.empty()
        : Optional.of(new Refusal.InsufficientStock(shortages));
  }

  static LevelChange change(
      StockView view, LevelKey level, MovementKind kind, long onHandChange, long reservedChange) {
    StockCount count = view.level(level).orElse(new StockCount(0, 0, 0));
    return new LevelChange(
        level,
        kind,
        onHandChange,
        reservedChange,
        new StockCount(
            Math.addExact(count.onHand(), onHandChange),
            Math.addExact(count.reserved(), reservedChange),
            count.version() + 1));
  }

  private static List<HeldLine> held(StockView view, List<Line> lines) {
    return lines.stream()
        .map(line -> new HeldLine(line.sku(), placeOf(view, line), line.quantity()))
        .toList();
  }

  private static @Nullable LocationId placeOf(StockView view, Line line) {
    Sku sku = line.sku();
    return view.tracked(sku).orElse(false) ? line.location() : null;
  }

  private static List<StockedLine> stocked(List<Line> lines, List<LevelChange> changes) {
    return lines.stream()
        .map(
            line ->
                new StockedLine(
                    line.sku(),
                    line.location(),
                    line.quantity(),
                    Claim.after(changes, new LevelKey(line.sku(), line.location()))))
        .toList();
  }

  static @Nullable StockCount after(List<LevelChange> changes, LevelKey level) {
    for (LevelChange change : changes) {
      if (change.level().equals(level)) {
        return change.after();
      }
    }
    return null;
  }
}
