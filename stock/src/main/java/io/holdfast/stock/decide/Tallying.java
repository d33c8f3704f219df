package io.holdfast.stock.decide;

import io.holdfast.stock.Customer;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Sku;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a decision to what its customers may have. Only what gets more is refused: whoever is over
/// a limit, because it was set or lowered since, can still give back.
final class Tallying {
  private final StockView view;
  private final Instant now;
  private final Map<Customer, Tally> tallies = new LinkedHashMap<>();

  private Tallying(StockView view, Instant now) {
    this.view = view;
    this.now = now;
  }

  /// The decision with what it does to tallies, or the refusal in its place. Commands that are done
  /// together were held to it one by one.
  static Decision of(StockView view, Decision decision, Instant now) {
    if (decision.changes().reservations().isEmpty()
        || decision.outcome() instanceof Outcome.DoneTogether
        || !view.countsCustomers()) {
      return decision;
    }
    Tallying tallying = new Tallying(view, now);
    for (ReservationChange change : decision.changes().reservations()) {
      tallying.take(change);
    }
    Optional<Refusal> refusal = tallying.refusal();
    return refusal.isPresent()
        ? Decision.refused(refusal.get())
        : new Decision(decision.outcome(), decision.changes().with(tallying.changed()));
  }

  private void take(ReservationChange change) {
    switch (change) {
      case ReservationChange.Made(Reservation made) -> take(null, made);
      case ReservationChange.Ended(var id, var state) -> {
        Reservation before = view.reservation(id).orElseThrow();
        take(before, before.ended(state));
      }
      case ReservationChange.Rewritten(Reservation after) ->
          take(view.reservation(after.id()).orElseThrow(), after);
    }
  }

  private void take(@Nullable Reservation before, Reservation after) {
    Customer customer = after.customer();
    // More time is no more stock.
    boolean isSame =
        before != null && before.state() == after.state() && before.lines().equals(after.lines());
    if (customer != null && !isSame) {
      Tally tally = tallies.getOrDefault(customer, view.tally(customer));
      tallies.put(customer, tally.with(view, before, after, now));
    }
  }

  private Optional<Refusal> refusal() {
    for (Tally tally : tallies.values()) {
      Tally before = view.tally(tally.customer());
      Long max = view.policy().heldReservationsMax();
      if (max != null && tally.held().size() > Math.max(max, before.held().size())) {
        return Optional.of(new Refusal.TooManyReservations(tally.customer(), max));
      }
      Optional<Refusal> exceeded = exceeded(before, tally);
      if (exceeded.isPresent()) {
        return exceeded;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> exceeded(Tally before, Tally after) {
    Set<Sku> skus = new LinkedHashSet<>();
    after.claims().forEach(claim -> skus.add(claim.sku()));
    for (Sku sku : skus) {
      PurchaseLimit limit = view.limit(sku).orElseThrow();
      long had = before.claimed(limit, now);
      long has = after.claimed(limit, now);
      if (has > had && has > limit.maxQuantity()) {
        return Optional.of(
            new Refusal.LimitExceeded(
                limit, after.customer(), has - had, had, before.nextAt(limit, now).orElse(null)));
      }
    }
    return Optional.empty();
  }

  private List<Tally> changed() {
    return tallies.values().stream()
        .filter(tally -> !tally.equals(view.tally(tally.customer())))
        .toList();
  }
}
