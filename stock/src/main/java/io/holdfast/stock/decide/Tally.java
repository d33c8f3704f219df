package io.holdfast.stock.decide;

import io.holdfast.stock.Customer;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.Sku;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What counts for a customer: reservations that are held for them, and what of limited items their
/// reservations have claimed. It follows from what becomes of the reservations, whatever command
/// does it.
public record Tally(Customer customer, List<ReservationId> held, List<Claimed> claims) {

  /// @param at since when it counts
  public record Claimed(ReservationId reservation, Sku sku, long units, Instant at) {}

  public Tally {
    held = List.copyOf(held);
    claims = List.copyOf(claims);
  }

  static Tally empty(Customer customer) {
    return new Tally(customer, List.of(), List.of());
  }

  /// What counts once a reservation that was as it was `before` is as it is `after`. What grows is
  /// claimed now; what does not counts since it was claimed, or not at all. It counts as held only
  /// if it was made under a cap.
  ///
  /// @param before null for a new one
  Tally with(StockView view, @Nullable Reservation before, Reservation after, Instant now) {
    ReservationId id = after.id();
    List<ReservationId> newHeld = new ArrayList<>(held);
    boolean wasHeld = newHeld.remove(id);
    boolean isCapped = before == null && view.policy().heldReservationsMax() != null;
    if (after.state() == ReservationState.HELD && (wasHeld || isCapped)) {
      newHeld.add(id);
    }
    List<Claimed> newClaims = new ArrayList<>();
    Map<Sku, Instant> since = new HashMap<>();
    for (Claimed claim : claims) {
      if (claim.reservation.equals(id)) {
        since.put(claim.sku, claim.at);
      } else if (counts(view, claim, now)) {
        newClaims.add(claim);
      }
    }
    Map<Sku, Long> had = before == null ? Map.of() : claimable(before);
    claimable(after)
        .forEach(
            (sku, units) -> {
              Instant at = units > had.getOrDefault(sku, 0L) ? now : since.get(sku);
              if (at != null && units > 0) {
                Claimed claim = new Claimed(id, sku, units, at);
                if (counts(view, claim, now)) {
                  newClaims.add(claim);
                }
              }
            });
    return new Tally(customer, newHeld, newClaims);
  }

  /// Nothing of what was given back: if it is taken again, all of it is claimed anew.
  private static Map<Sku, Long> claimable(Reservation reservation) {
    return switch (reservation.state()) {
      case HELD, COMMITTED -> units(reservation);
      case RELEASED, EXPIRED -> Map.of();
    };
  }

  private static Map<Sku, Long> units(Reservation reservation) {
    Map<Sku, Long> units = new HashMap<>();
    reservation.lines().forEach(line -> units.merge(line.sku(), line.left(), Math::addExact));
    return units;
  }

  private static boolean counts(StockView view, Claimed claim, Instant now) {
    return view.limit(claim.sku)
        .filter(limit -> claim.at.plus(limit.window()).isAfter(now))
        .isPresent();
  }

  /// How much of an item counts at the moment.
  long claimed(PurchaseLimit limit, Instant now) {
    return counting(limit, now).stream().mapToLong(Claimed::units).reduce(0, Math::addExact);
  }

  /// When less of it counts than at the moment.
  Optional<Instant> nextAt(PurchaseLimit limit, Instant now) {
    Duration window = limit.window();
    return counting(limit, now).stream()
        .map(claim -> claim.at.plus(window))
        .min(Comparator.naturalOrder());
  }

  private List<Claimed> counting(PurchaseLimit limit, Instant now) {
    return claims.stream()
        .filter(claim -> claim.sku.equals(limit.sku()))
        .filter(claim -> claim.at.plus(limit.window()).isAfter(now))
        .toList();
  }
}
