package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.StockCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Decides reserve, purchase and change: claims on stock by lines, all or nothing unless the caller
/// is content with less.
final class Claim {
  private Claim() {}

  static Decision reserve(
      StockView view, Command.Reserve reserve, ReservationId newId, Instant now) {
    Refusal unknown = Sourcing.unknown(view, reserve.lines());
    if (unknown != null) {
      return Decision.refused(unknown);
    }
    Draft draft = new Draft(view);
    List<ReservationChange> reservations = new ArrayList<>();
    if (reserve.replaces() != null) {
      Optional<Reservation> older =
          view.reservation(reserve.replaces())
              .filter(found -> Objects.equals(found.customer(), reserve.customer()));
      if (older.isEmpty()) {
        return Decision.refused(new Refusal.UnknownReservation(reserve.replaces()));
      }
      if (older.get().state() == ReservationState.HELD) {
        reservations.add(giveWay(draft, older.get(), now));
      }
    }
    return switch (sourced(view, draft, reserve.lines(), reserve.isPartial())) {
      case Sourcing.Refused(Refusal refusal) -> Decision.refused(refusal);
      case Sourcing.Sourced(List<HeldLine> lines, List<Line> missing) -> {
        HeldLine.perLevel(lines)
            .forEach((level, n) -> draft.move(level, MovementKind.RESERVE, 0, n, newId));
        Reservation made =
            new Reservation(
                newId,
                ReservationState.HELD,
                ReservationView.FIRST_VERSION,
                lines,
                reserve.customer(),
                now,
                now.plus(reserve.ttl()));
        reservations.add(new ReservationChange.Made(made));
        yield new Decision(
            new Outcome.Reserved(
                newId,
                draft.stocked(lines),
                missing,
                reserve.customer(),
                now,
                now.plus(reserve.ttl())),
            new Changes(draft.changes(), reservations));
      }
    };
  }

  /// Ends an older reservation in favour of a new one, as the sweeper would have if it is due.
  private static ReservationChange giveWay(Draft draft, Reservation older, Instant now) {
    boolean isDue = older.isDue(now);
    MovementKind kind = isDue ? MovementKind.EXPIRE : MovementKind.RELEASE;
    HeldLine.perLevel(older.lines())
        .forEach((level, quantity) -> draft.move(level, kind, 0, -quantity, older.id()));
    return new ReservationChange.Ended(
        older.id(), isDue ? ReservationState.EXPIRED : ReservationState.RELEASED);
  }

  static Decision purchase(
      StockView view, Command.Purchase purchase, ReservationId newId, Instant now) {
    Draft draft = new Draft(view);
    return switch (sourced(view, draft, purchase.lines(), false)) {
      case Sourcing.Refused(Refusal refusal) -> Decision.refused(refusal);
      case Sourcing.Sourced(List<HeldLine> lines, _) -> {
        HeldLine.perLevel(lines)
            .forEach((level, n) -> draft.move(level, MovementKind.PURCHASE, -n, 0, newId));
        Reservation made =
            new Reservation(
                newId,
                ReservationState.COMMITTED,
                ReservationView.FIRST_VERSION,
                lines,
                purchase.customer(),
                now,
                null);
        yield new Decision(
            new Outcome.Purchased(newId, draft.stocked(lines), purchase.customer(), now),
            Changes.of(draft, new ReservationChange.Made(made)));
      }
    };
  }

  private static Sourcing.Result sourced(
      StockView view, Draft draft, List<Line> lines, boolean isPartial) {
    return Sourcing.of(view, lines, isPartial, level -> draft.count(level).sellable());
  }

  static Decision change(StockView view, Command.Change change, Instant now) {
    ReservationId id = change.reservation();
    Optional<Refusal> refusal =
        Optional.ofNullable(Sourcing.unknown(view, change.lines()))
            .or(() -> Ending.refusal(view, id, now));
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Reservation before = view.reservation(id).orElseThrow();
    Long expected = change.expectedVersion();
    if (expected != null && expected != before.version()) {
      return Decision.refused(new Refusal.VersionConflict(expected, before.version()));
    }
    Map<LevelKey, Long> had = HeldLine.perLevel(before.lines());
    Sourcing.Result result =
        Sourcing.of(
            view,
            change.lines(),
            false,
            level -> free(view.level(level).orElseThrow(), had.getOrDefault(level, 0L)));
    return switch (result) {
      case Sourcing.Refused(Refusal refused) -> Decision.refused(refused);
      case Sourcing.Sourced(List<HeldLine> lines, _) -> changed(view, before, lines, now);
    };
  }

  /// What a reservation may have of a level where it has `own` already: all that it has, and what
  /// is sold to anybody.
  private static long free(StockCount count, long own) {
    StockCount without =
        new StockCount(
            count.onHand(), count.reserved() - own, count.version(), count.safetyStock());
    return Math.max(own, without.sellable());
  }

  private static Decision changed(
      StockView view, Reservation before, List<HeldLine> lines, Instant now) {
    Draft draft = new Draft(view);
    Map<LevelKey, Long> had = HeldLine.perLevel(before.lines());
    Map<LevelKey, Long> has = HeldLine.perLevel(lines);
    Set<LevelKey> levels = new LinkedHashSet<>(had.keySet());
    levels.addAll(has.keySet());
    for (LevelKey level : levels) {
      long change = has.getOrDefault(level, 0L) - had.getOrDefault(level, 0L);
      if (change != 0) {
        draft.move(level, MovementKind.CHANGE, 0, change, before.id());
      }
    }
    Reservation after = before.withLines(lines);
    return new Decision(
        new Outcome.Changed(
            before.id(),
            after.version(),
            draft.stocked(lines),
            now,
            Objects.requireNonNull(before.expiresAt(), "what is held expires")),
        Changes.of(draft, new ReservationChange.Rewritten(after)));
  }
}
