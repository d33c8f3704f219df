package io.holdfast.proof.prove;

import io.holdfast.proof.history.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The stock of a [FakeShop], with its defect. Not for several threads, except as the defect wants
/// it.
final class FakeStock {

  static final class Reservation {
    final String id = UUID.randomUUID().toString();
    final String customer;
    final List<Line> lines;
    final long createdNanos = System.nanoTime();
    final long expiresNanos;
    String state;

    Reservation(String customer, List<Line> lines, String state, long expiresNanos) {
      this.customer = customer;
      this.lines = List.copyOf(lines);
      this.state = state;
      this.expiresNanos = expiresNanos;
    }
  }

  private final Defect defect;
  private final Map<String, Long> onHand = new HashMap<>();
  private final Map<String, Long> reserved = new HashMap<>();
  private final Map<String, Reservation> reservations = new HashMap<>();
  private int made;

  FakeStock(Defect defect) {
    this.defect = defect;
  }

  void receive(String sku, long quantity) {
    onHand.merge(sku, quantity, Long::sum);
  }

  long onHand(String sku) {
    return onHand.getOrDefault(sku, 0L);
  }

  long reserved(String sku) {
    return reserved.getOrDefault(sku, 0L);
  }

  Optional<Reservation> find(String id) {
    return Optional.ofNullable(reservations.get(id));
  }

  boolean hasAll(List<Line> lines) {
    return lines.stream().allMatch(this::has);
  }

  private boolean has(Line line) {
    long available = onHand(line.sku()) - reserved(line.sku());
    return defect == Defect.LAST_ONE_KEPT
        ? available > line.quantity()
        : available >= line.quantity();
  }

  /// What a shop does that books line by line and stops at the first one it lacks.
  void takeUntilShort(List<Line> lines) {
    for (Line line : lines) {
      if (!has(line)) {
        return;
      }
      onHand.merge(line.sku(), -line.quantity(), Long::sum);
    }
  }

  Reservation purchase(String customer, List<Line> lines) {
    List<Line> kept = kept(lines);
    kept.forEach(line -> onHand.merge(line.sku(), -line.quantity(), Long::sum));
    return remember(new Reservation(customer, kept, "committed", Long.MAX_VALUE));
  }

  Reservation reserve(String customer, List<Line> lines, long ttlNanos) {
    List<Line> kept = kept(lines);
    kept.forEach(line -> reserved.merge(line.sku(), line.quantity(), Long::sum));
    long ttl = defect == Defect.EXPIRES_EARLY ? ttlNanos / 4 : ttlNanos;
    return remember(new Reservation(customer, kept, "held", System.nanoTime() + ttl));
  }

  private List<Line> kept(List<Line> lines) {
    return defect == Defect.HALF_KEPT ? lines.subList(0, 1) : lines;
  }

  private Reservation remember(Reservation reservation) {
    made++;
    if (defect != Defect.FORGETFUL || made % 7 != 0) {
      reservations.put(reservation.id, reservation);
    }
    return reservation;
  }

  /// Ends a held reservation; false if it can't be ended so any more.
  boolean end(Reservation reservation, String state) {
    boolean isDue = reservation.expiresNanos <= System.nanoTime();
    if (!reservation.state.equals("held")
        || (isDue && defect != Defect.COMMITS_EXPIRED && defect != Defect.NEVER_EXPIRES)) {
      return false;
    }
    free(reservation);
    if (state.equals("committed")) {
      reservation.lines.forEach(line -> onHand.merge(line.sku(), -line.quantity(), Long::sum));
    }
    reservation.state = state;
    return true;
  }

  void expireDue() {
    if (defect == Defect.NEVER_EXPIRES) {
      return;
    }
    for (Reservation reservation : new ArrayList<>(reservations.values())) {
      boolean isDue = reservation.expiresNanos <= System.nanoTime();
      if (isDue && reservation.state.equals("held") && !isSpared(reservation)) {
        free(reservation);
        reservation.state = "expired";
      }
      if (isDue
          && reservation.state.equals("committed")
          && reservation.expiresNanos < Long.MAX_VALUE
          && defect == Defect.EXPIRES_COMMITTED) {
        reservation.lines.forEach(line -> onHand.merge(line.sku(), line.quantity(), Long::sum));
        reservation.state = "expired";
      }
    }
  }

  /// A shop that commits the expired gets to do so for a while.
  private boolean isSpared(Reservation reservation) {
    return defect == Defect.COMMITS_EXPIRED
        && System.nanoTime() - reservation.expiresNanos < 1_000_000_000L;
  }

  private void free(Reservation reservation) {
    reservation.lines.forEach(line -> reserved.merge(line.sku(), -line.quantity(), Long::sum));
  }
}
