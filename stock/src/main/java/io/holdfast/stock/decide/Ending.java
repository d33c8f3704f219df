package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Decides what becomes of a held reservation: commit, release, expire, extend. It ends once.
final class Ending {
  private Ending() {}

  static Decision commit(StockView view, Command.Commit commit, Instant now) {
    ReservationId id = commit.reservation();
    Optional<Refusal> refusal = refusal(view, id, now);
    boolean isLate =
        refusal.isPresent()
            && refusal.get() instanceof Refusal.ReservationExpired
            && view.policy().expiredCommit() == StockPolicy.ExpiredCommit.RESERVE_AGAIN;
    if (refusal.isPresent() && !isLate) {
      return Decision.refused(refusal.get());
    }
    Reservation reservation = view.reservation(id).orElseThrow();
    List<HeldLine> lines = reservation.lines();
    Part part =
        commit.part().isEmpty()
            ? Part.all(lines, HeldLine::quantity)
            : Part.of(lines, commit.part(), HeldLine::quantity);
    if (!part.excesses().isEmpty()) {
      return Decision.refused(new Refusal.MoreThanReserved(id, part.excesses()));
    }
    boolean isGone = reservation.state() == ReservationState.EXPIRED;
    List<Refusal.Shortage> shortages = isGone ? shortages(view, part.of(lines)) : List.of();
    return shortages.isEmpty()
        ? committed(view, reservation, part, isLate, now)
        : Decision.refused(new Refusal.InsufficientStock(shortages));
  }

  /// What cannot be reserved again of a reservation whose stock was given back.
  private static List<Refusal.Shortage> shortages(StockView view, List<HeldLine> lines) {
    List<Refusal.Shortage> shortages = new ArrayList<>();
    HeldLine.perLevel(lines)
        .forEach(
            (level, wanted) -> {
              StockCount count = view.level(level).orElseThrow();
              if (count.sellable() < wanted) {
                shortages.add(
                    new Refusal.Shortage(
                        level.sku(), level.location(), wanted, count.sellable(), count));
              }
            });
    return shortages;
  }

  private static Decision committed(
      StockView view, Reservation reservation, Part part, boolean isLate, Instant now) {
    ReservationId id = reservation.id();
    List<HeldLine> lines = part.of(reservation.lines());
    List<HeldLine> released = part.restOf(reservation.lines());
    boolean isGone = reservation.state() == ReservationState.EXPIRED;
    Map<LevelKey, Long> goes = HeldLine.perLevel(lines);
    Map<LevelKey, Long> isBack = isGone ? Map.of() : HeldLine.perLevel(released);
    Draft draft = new Draft(view);
    Set<LevelKey> levels = new LinkedHashSet<>(goes.keySet());
    levels.addAll(isBack.keySet());
    for (LevelKey level : levels) {
      long out = goes.getOrDefault(level, 0L);
      long held = isGone ? 0 : out + isBack.getOrDefault(level, 0L);
      MovementKind kind = isLate ? MovementKind.COMMIT_EXPIRED : MovementKind.COMMIT;
      draft.move(level, out == 0 ? MovementKind.RELEASE : kind, -out, -held, id);
    }
    boolean isPlain = released.isEmpty() && !isGone;
    ReservationChange change =
        isPlain
            ? new ReservationChange.Ended(id, ReservationState.COMMITTED)
            : new ReservationChange.Rewritten(
                reservation.endedWith(lines, ReservationState.COMMITTED));
    return new Decision(
        new Outcome.Committed(id, draft.stocked(lines), draft.stocked(released), isLate, now),
        Changes.of(draft, change));
  }

  static Decision release(StockView view, ReservationId id, Instant now) {
    Optional<Refusal> refusal = refusal(view, id, now);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Reservation reservation = view.reservation(id).orElseThrow();
    Draft draft = givenBack(view, reservation, MovementKind.RELEASE);
    return new Decision(
        new Outcome.Released(id, draft.stocked(reservation.lines()), now),
        Changes.of(draft, new ReservationChange.Ended(id, ReservationState.RELEASED)));
  }

  static Decision extend(StockView view, Command.Extend extend, Instant now) {
    ReservationId id = extend.reservation();
    Optional<Refusal> refusal = refusal(view, id, now);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Reservation reservation = view.reservation(id).orElseThrow();
    Instant until = now.plus(extend.ttl());
    Instant expiresAt = expiry(reservation);
    Instant later = until.isAfter(expiresAt) ? until : expiresAt;
    return new Decision(
        new Outcome.Extended(id, now, later),
        new Changes(
            List.of(), List.of(new ReservationChange.Rewritten(reservation.expiringAt(later)))));
  }

  static Decision expire(StockView view, ReservationId id, Instant now) {
    Optional<Reservation> found = view.reservation(id);
    if (found.isEmpty()) {
      return Decision.refused(new Refusal.UnknownReservation(id));
    }
    Reservation reservation = found.get();
    if (reservation.state() != ReservationState.HELD) {
      return Decision.refused(new Refusal.ReservationNotHeld(id, reservation.state()));
    }
    if (!reservation.isDue(now)) {
      return Decision.refused(new Refusal.ReservationNotDue(id, expiry(reservation)));
    }
    Draft draft = givenBack(view, reservation, MovementKind.EXPIRE);
    return new Decision(
        new Outcome.Expired(id, draft.stocked(reservation.lines()), now),
        Changes.of(draft, new ReservationChange.Ended(id, ReservationState.EXPIRED)));
  }

  /// A reservation whose time is up is refused as expired, whether the sweeper has come by or not.
  static Optional<Refusal> refusal(StockView view, ReservationId id, Instant now) {
    Optional<Reservation> found = view.reservation(id);
    if (found.isEmpty()) {
      return Optional.of(new Refusal.UnknownReservation(id));
    }
    Reservation reservation = found.get();
    return switch (reservation.state()) {
      case COMMITTED, RELEASED ->
          Optional.of(new Refusal.ReservationNotHeld(id, reservation.state()));
      case EXPIRED -> Optional.of(new Refusal.ReservationExpired(id, expiry(reservation)));
      case HELD ->
          reservation.isDue(now)
              ? Optional.of(new Refusal.ReservationExpired(id, expiry(reservation)))
              : Optional.empty();
    };
  }

  private static Draft givenBack(StockView view, Reservation reservation, MovementKind kind) {
    Draft draft = new Draft(view);
    HeldLine.perLevel(reservation.lines())
        .forEach((level, quantity) -> draft.move(level, kind, 0, -quantity, reservation.id()));
    return draft;
  }

  private static Instant expiry(Reservation reservation) {
    return Objects.requireNonNull(reservation.expiresAt(), "what was held expires");
  }
}
