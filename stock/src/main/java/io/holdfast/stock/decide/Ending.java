package io.holdfast.stock.decide;

import io.holdfast.stock.Command;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.StockedLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Decides what becomes of a held reservation: commit, release, expire, extend. It ends once.
final class Ending {
  private Ending() {}

  static Decision commit(StockView view, ReservationId id, Instant now) {
    Optional<Refusal> refusal = refusal(view, id, now);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Reservation reservation = view.reservation(id).orElseThrow();
    List<LevelChange> changes = changes(view, reservation, MovementKind.COMMIT);
    return new Decision(
        new Outcome.Committed(id, stocked(reservation, changes), now),
        new Changes(changes, new ReservationChange.Ended(id, ReservationState.COMMITTED)));
  }

  static Decision release(StockView view, ReservationId id, Instant now) {
    Optional<Refusal> refusal = refusal(view, id, now);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Reservation reservation = view.reservation(id).orElseThrow();
    List<LevelChange> changes = changes(view, reservation, MovementKind.RELEASE);
    return new Decision(
        new Outcome.Released(id, stocked(reservation, changes), now),
        new Changes(changes, new ReservationChange.Ended(id, ReservationState.RELEASED)));
  }

  static Decision extend(StockView view, Command.Extend extend, Instant now) {
    ReservationId id = extend.reservation();
    Optional<Refusal> refusal = refusal(view, id, now);
    if (refusal.isPresent()) {
      return Decision.refused(refusal.get());
    }
    Instant until = now.plus(extend.ttl());
    Instant expiresAt = expiry(view.reservation(id).orElseThrow());
    Instant later = until.isAfter(expiresAt) ? until : expiresAt;
    return new Decision(
        new Outcome.Extended(id, now, later),
        new Changes(List.of(), new ReservationChange.Prolonged(id, later)));
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
    if (now.isBefore(expiry(reservation))) {
      return Decision.refused(new Refusal.ReservationNotDue(id, expiry(reservation)));
    }
    List<LevelChange> changes = changes(view, reservation, MovementKind.EXPIRE);
    return new Decision(
        new Outcome.Expired(id, stocked(reservation, changes), now),
        new Changes(changes, new ReservationChange.Ended(id, ReservationState.EXPIRED)));
  }

  /// A reservation whose time is up is refused as expired, whether the sweeper has come by or not.
  private static Optional<Refusal> refusal(StockView view, ReservationId id, Instant now) {
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
          now.isBefore(expiry(reservation))
              ? Optional.empty()
              : Optional.of(new Refusal.ReservationExpired(id, expiry(reservation)));
    };
  }

  private static List<LevelChange> changes(
      StockView view, Reservation reservation, MovementKind kind) {
    Map<LevelKey, Long> quantities = new LinkedHashMap<>();
    for (HeldLine line : reservation.lines()) {
      if (line.location() != null) {
        quantities.merge(
            new LevelKey(line.sku(), line.location()), line.quantity(), Math::addExact);
      }
    }
    List<LevelChange> changes = new ArrayList<>(quantities.size());
    quantities.forEach(
        (level, quantity) ->
            changes.add(
                Claim.change(
                    view, level, kind, kind == MovementKind.COMMIT ? -quantity : 0, -quantity)));
    return changes;
  }

  private static List<StockedLine> stocked(Reservation reservation, List<LevelChange> changes) {
    return reservation.lines().stream()
        .map(
            line -> {
              LocationId location = Objects.requireNonNullElse(line.location(), LocationId.MAIN);
              return new StockedLine(
                  line.sku(),
                  location,
                  line.quantity(),
                  line.location() == null
                      ? null
                      : Claim.after(changes, new LevelKey(line.sku(), location)));
            })
        .toList();
  }

  private static Instant expiry(Reservation reservation) {
    return Objects.requireNonNull(reservation.expiresAt(), "what was held expires");
  }
}
