package io.holdfast.proof.prove;

import io.holdfast.proof.history.Level;
import io.holdfast.proof.history.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The stock of a [FakeShop], with its defect. Not for several threads, except as the defect wants
/// it.
final class FakeStock {

  static final class Reservation {
    final String id = UUID.randomUUID().toString();
    final String customer;
    final List<Line> lines;
    final Instant expiresAt;
    final long expiresNanos;
    String state;

    Reservation(
        String customer, List<Line> lines, String state, Instant expiresAt, long expiresNanos) {
      this.customer = customer;
      this.lines = List.copyOf(lines);
      this.state = state;
      this.expiresAt = expiresAt;
      this.expiresNanos = expiresNanos;
    }
  }

  private final Defect defect;
  private final Map<String, Long> onHand = new HashMap<>();
  private final Map<String, Long> reserved = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Set<String> moved = new LinkedHashSet<>();
  private final Map<String, Reservation> reservations = new HashMap<>();
  private int made;

  FakeStock(Defect defect) {
    this.defect = defect;
  }

  void receive(String sku, long quantity) {
    move(sku, quantity, 0);
  }

  private void move(String sku, long onHandBy, long reservedBy) {
    onHand.merge(sku, onHandBy, Long::sum);
    reserved.merge(sku, reservedBy, Long::sum);
    versions.merge(sku, 1L, Long::sum);
    moved.add(sku);
  }

  /// The items that have moved since they were asked for.
  List<String> moved() {
    List<String> all = List.copyOf(moved);
    moved.clear();
    return all;
  }

  Level level(String sku) {
    return new Level("main", onHand(sku), reserved(sku), versions.getOrDefault(sku, 0L));
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
      receive(line.sku(), -line.quantity());
    }
  }

  Reservation purchase(String customer, List<Line> lines) {
    List<Line> kept = kept(lines);
    kept.forEach(line -> receive(line.sku(), -line.quantity()));
    return remember(new Reservation(customer, kept, "committed", Instant.MAX, Long.MAX_VALUE));
  }

  Reservation reserve(String customer, List<Line> lines, long ttlNanos) {
    List<Line> kept = kept(lines);
    kept.forEach(line -> move(line.sku(), 0, line.quantity()));
    Instant expiresAt = Instant.now().plusNanos(ttlNanos);
    long ttl = defect == Defect.EXPIRES_EARLY ? ttlNanos / 4 : ttlNanos;
    return remember(new Reservation(customer, kept, "held", expiresAt, System.nanoTime() + ttl));
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
    boolean isGone = state.equals("committed");
    reservation.lines.forEach(
        line -> move(line.sku(), isGone ? -line.quantity() : 0, -line.quantity()));
    reservation.state = state;
    return true;
  }

  /// Those that have expired by it.
  List<Reservation> expireDue() {
    List<Reservation> expired = new ArrayList<>();
    if (defect == Defect.NEVER_EXPIRES) {
      return expired;
    }
    for (Reservation reservation : new ArrayList<>(reservations.values())) {
      boolean isDue = reservation.expiresNanos <= System.nanoTime();
      if (isDue && reservation.state.equals("held") && !isSpared(reservation)) {
        reservation.lines.forEach(line -> move(line.sku(), 0, -line.quantity()));
        reservation.state = "expired";
        expired.add(reservation);
      }
      if (isDue
          && reservation.state.equals("committed")
          && reservation.expiresNanos < Long.MAX_VALUE
          && defect == Defect.EXPIRES_COMMITTED) {
        reservation.lines.forEach(line -> receive(line.sku(), line.quantity()));
        reservation.state = "expired";
      }
    }
    return expired;
  }

  /// A shop that commits the expired gets to do so for a while.
  private boolean isSpared(Reservation reservation) {
    return defect == Defect.COMMITS_EXPIRED
        && System.nanoTime() - reservation.expiresNanos < 1_000_000_000L;
  }
}
