package io.holdfast.stock.decide;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One tenant's stock as a transaction has loaded it, kept up to date by the decisions made on it.
/// What was not loaded does not exist. Not safe for threads: a transaction has one.
public final class StockView {
  private final Map<Sku, Boolean> trackedItems = new HashMap<>();
  private final Set<LocationId> locations = new HashSet<>();
  private final Map<LevelKey, StockCount> levels = new HashMap<>();
  private final Map<ReservationId, Reservation> reservations = new HashMap<>();

  public void putItem(Sku sku, boolean tracked) {
    trackedItems.put(sku, tracked);
  }

  public void putLocation(LocationId location) {
    locations.add(location);
  }

  public void putLevel(LevelKey level, StockCount count) {
    levels.put(level, count);
  }

  public void putReservation(Reservation reservation) {
    reservations.put(reservation.id(), reservation);
  }

  /// Whether the item is tracked; empty when there is no such item.
  public Optional<Boolean> tracked(Sku sku) {
    return Optional.ofNullable(trackedItems.get(sku));
  }

  public boolean hasLocation(LocationId location) {
    return locations.contains(location);
  }

  public Optional<StockCount> level(LevelKey level) {
    return Optional.ofNullable(levels.get(level));
  }

  public Optional<Reservation> reservation(ReservationId id) {
    return Optional.ofNullable(reservations.get(id));
  }

  /// Makes a decision's changes the state that the next decision sees. The checks stay on in
  /// production: a decision that breaks one is a bug, and must not reach the rows.
  public void apply(Changes changes) {
    changes.levels().forEach(this::check);
    changes.levels().forEach(change -> levels.put(change.level(), change.after()));
    switch (changes.reservation()) {
      case null -> {}
      case ReservationChange.Made made -> putReservation(made.reservation());
      case ReservationChange.Ended ended ->
          putReservation(known(ended.reservation()).ended(ended.state()));
      case ReservationChange.Prolonged prolonged ->
          putReservation(known(prolonged.reservation()).expiringAt(prolonged.expiresAt()));
    }
  }

  private void check(LevelChange change) {
    StockCount before = levels.getOrDefault(change.level(), new StockCount(0, 0, 0));
    StockCount after = change.after();
    boolean whole =
        after.reserved() >= 0
            && after.onHand() >= after.reserved()
            && after.onHand() == before.onHand() + change.onHandChange()
            && after.reserved() == before.reserved() + change.reservedChange()
            && after.version() == before.version() + 1;
    if (!whole) {
      throw new StockFailure(
          StockFailure.Code.INVARIANT_VIOLATED, change + " does not follow from " + before);
    }
  }

  private Reservation known(ReservationId id) {
    return reservation(id)
        .orElseThrow(
            () ->
                new StockFailure(
                    StockFailure.Code.INVARIANT_VIOLATED, "changed but never loaded: " + id));
  }
}
