package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides what comes in and what is put right: receive, return, adjust, count, transfer, and how
/// much is kept back.
final class Supply {
  /// The largest integer that every JSON reader keeps exact (2^53 - 1).
  static final long MAX_ON_HAND = 9_007_199_254_740_991L;

  private Supply() {}

  static Decision receive(StockView view, Command.Receive receive, Instant now) {
    LevelKey level = new LevelKey(receive.sku(), receive.location());
    Optional<Refusal> refusal =
        notTracked(view, level.sku())
            .or(() -> unknown(view, level.location()))
            .or(() -> outOfRange(view, level, receive.quantity()));
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Draft draft = new Draft(view, receive.reason());
    StockCount after = draft.move(level, MovementKind.RECEIVE, receive.quantity(), null);
    return new Decision(
        new Outcome.Received(
            new StockedLine(level.sku(), level.location(), receive.quantity(), after),
            receive.reason(),
            now),
        Changes.of(draft));
  }

  static Decision adjust(StockView view, Command.Adjust adjust, Instant now) {
    LevelKey level = new LevelKey(adjust.sku(), adjust.location());
    Optional<Refusal> refusal =
        withoutRecord(view, level)
            .or(() -> tooLittle(view, level, -adjust.change()))
            .or(() -> outOfRange(view, level, adjust.change()));
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Draft draft = new Draft(view, adjust.reason());
    StockCount after = draft.move(level, MovementKind.ADJUST, adjust.change(), null);
    return new Decision(
        new Outcome.Adjusted(
            level.sku(), level.location(), adjust.change(), after, adjust.reason(), now),
        Changes.of(draft));
  }

  /// It is written down even when it finds what was believed: that somebody has looked counts.
  static Decision count(StockView view, Command.Count count, Instant now) {
    LevelKey level = new LevelKey(count.sku(), count.location());
    Optional<Refusal> unknown = withoutRecord(view, level);
    if (unknown.isPresent()) {
      return Decision.refused(unknown.get());
    }
    StockCount before = view.level(level).orElseThrow();
    if (before.version() != count.expectedVersion()) {
      return Decision.refused(
          new Refusal.VersionConflict(count.expectedVersion(), before.version()));
    }
    long change = count.onHand() - before.onHand();
    Optional<Refusal> refusal = tooLittle(view, level, -change);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Draft draft = new Draft(view, count.reason());
    StockCount after = draft.move(level, MovementKind.COUNT, change, null);
    return new Decision(
        new Outcome.Counted(level.sku(), level.location(), change, after, count.reason(), now),
        Changes.of(draft));
  }

  static Decision transfer(StockView view, Command.Transfer transfer, Instant now) {
    Sku sku = transfer.sku();
    long quantity = transfer.quantity();
    LevelKey from = new LevelKey(sku, transfer.from());
    LevelKey to = new LevelKey(sku, transfer.to());
    Optional<Refusal> refusal =
        notTracked(view, sku)
            .or(() -> unknown(view, to.location()))
            .or(() -> withoutRecord(view, from))
            .or(() -> tooLittle(view, from, quantity))
            .or(() -> outOfRange(view, to, quantity));
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Draft draft = new Draft(view, transfer.reason());
    StockCount left = draft.move(from, MovementKind.TRANSFER, -quantity, to.location().value());
    StockCount got = draft.move(to, MovementKind.TRANSFER, quantity, from.location().value());
    return new Decision(
        new Outcome.Transferred(
            new StockedLine(sku, from.location(), quantity, left),
            new StockedLine(sku, to.location(), quantity, got),
            transfer.reason(),
            now),
        Changes.of(draft));
  }

  static Decision setSafetyStock(StockView view, Command.SetSafetyStock set, Instant now) {
    LevelKey level = new LevelKey(set.sku(), set.location());
    Optional<Refusal> refusal = withoutRecord(view, level);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Draft draft = new Draft(view, set.reason());
    StockCount after = draft.setSafetyStock(level, set.safetyStock());
    return new Decision(
        new Outcome.SafetyStockSet(level.sku(), level.location(), after, set.reason(), now),
        Changes.of(draft));
  }

  static Decision giveBack(StockView view, Command.Return back, Instant now) {
    ReservationId id = back.reservation();
    Optional<Reservation> found = view.reservation(id);
    if (found.isEmpty()) {
      return Decision.refused(new Refusal.UnknownReservation(id));
    }
    Reservation before = found.get();
    if (before.state() != ReservationState.COMMITTED) {
      return Decision.refused(new Refusal.ReservationNotCommitted(id, before.state()));
    }
    Part part =
        back.lines().isEmpty()
            ? Part.all(before.lines(), HeldLine::left)
            : Part.of(before.lines(), back.lines(), HeldLine::left);
    if (!part.excesses().isEmpty() || part.isNothing()) {
      return Decision.refused(new Refusal.MoreThanReserved(id, excesses(before, part)));
    }
    List<HeldLine> returned = part.of(before.lines());
    Draft draft = new Draft(view, back.reason());
    for (Map.Entry<LevelKey, Long> each : HeldLine.perLevel(returned).entrySet()) {
      Optional<Refusal> refusal = outOfRange(view, each.getKey(), each.getValue());
      if (refusal.isPresent()) {
        return Decision.refused(refusal.get());
      }
      draft.move(each.getKey(), MovementKind.RETURN, each.getValue(), 0, id);
    }
    List<HeldLine> after = new ArrayList<>(before.lines().size());
    for (int i = 0; i < before.lines().size(); i++) {
      after.add(before.lines().get(i).withReturned(part.taken().get(i)));
    }
    return new Decision(
        new Outcome.Returned(id, draft.stocked(returned), back.reason(), now),
        Changes.of(draft, new ReservationChange.Rewritten(before.withLines(after))));
  }

  /// Whoever asks for all that is left where nothing is left asks for too much of every line.
  private static List<Refusal.Excess> excesses(Reservation reservation, Part part) {
    return part.isNothing() && part.excesses().isEmpty()
        ? reservation.lines().stream()
            .map(line -> new Refusal.Excess(line.sku(), line.location(), line.quantity(), 0))
            .toList()
        : part.excesses();
  }

  static Optional<Refusal> notTracked(StockView view, Sku sku) {
    Optional<Boolean> tracked = view.tracked(sku);
    if (tracked.isEmpty()) {
      return Optional.of(new Refusal.UnknownItem(sku));
    }
    return tracked.get() ? Optional.empty() : Optional.of(new Refusal.ItemNotTracked(sku));
  }

  static Optional<Refusal> unknown(StockView view, LocationId location) {
    return view.hasLocation(location)
        ? Optional.empty()
        : Optional.of(new Refusal.UnknownLocation(location));
  }

  private static Optional<Refusal> withoutRecord(StockView view, LevelKey level) {
    return notTracked(view, level.sku())
        .or(
            () ->
                view.level(level).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Refusal.NoStockRecord(level.sku(), level.location())));
  }

  /// What is reserved stays; what is kept from being sold may go.
  private static Optional<Refusal> tooLittle(StockView view, LevelKey level, long wanted) {
    StockCount count = view.level(level).orElseThrow();
    return count.available() >= wanted
        ? Optional.empty()
        : Optional.of(
            new Refusal.InsufficientStock(
                List.of(
                    new Refusal.Shortage(
                        level.sku(), level.location(), wanted, count.available(), count))));
  }

  private static Optional<Refusal> outOfRange(StockView view, LevelKey level, long more) {
    long onHand = view.level(level).map(StockCount::onHand).orElse(0L);
    return onHand > MAX_ON_HAND - more
        ? Optional.of(new Refusal.BalanceOutOfRange(level.sku(), level.location()))
        : Optional.empty();
  }
}
