package io.holdfast.stock.decide;

import io.holdfast.stock.Customer;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One tenant's stock as a transaction has loaded it, kept up to date by the decisions made on it.
/// What was not loaded does not exist. Not safe for threads: a transaction has one.
public final class StockView {
  private static final StockCount NOTHING = new StockCount(0, 0, 0);

  private final @Nullable StockView base;
  private final @Nullable Customer onlyOf;
  private final Map<Sku, Boolean> trackedItems;
  private final Map<LocationId, Integer> priorities;
  private final Map<Sku, PurchaseLimit> limits;
  private final Map<Sku, SortedMap<LocationId, StockCount>> levels = new HashMap<>();
  private final Map<ReservationId, Reservation> reservations = new HashMap<>();
  private final Map<Customer, Tally> tallies = new HashMap<>();
  private final Map<LevelKey, Quarantine> quarantines = new HashMap<>();
  private final Map<LevelKey, Reckoning> reckonings = new HashMap<>();
  private StockPolicy policy = StockPolicy.USUAL;

  public StockView() {
    base = null;
    onlyOf = null;
    trackedItems = new HashMap<>();
    priorities = new HashMap<>();
    limits = new HashMap<>();
  }

  private StockView(StockView base, @Nullable Customer onlyOf) {
    this.base = base;
    this.onlyOf = onlyOf;
    this.trackedItems = base.trackedItems;
    this.priorities = base.priorities;
    this.limits = base.limits;
    this.quarantines.putAll(base.quarantines);
    this.reckonings.putAll(base.reckonings);
    this.policy = base.policy;
  }

  public void putPolicy(StockPolicy newPolicy) {
    policy = newPolicy;
  }

  public void putItem(Sku sku, boolean tracked) {
    trackedItems.put(sku, tracked);
  }

  /// @param priority whose stock is taken first: the lowest; among equals by name
  public void putLocation(LocationId location, int priority) {
    priorities.put(location, priority);
  }

  public void putLevel(LevelKey level, StockCount count) {
    levels
        .computeIfAbsent(
            level.sku(), sku -> base == null ? new TreeMap<>() : new TreeMap<>(base.levelsOf(sku)))
        .put(level.location(), count);
  }

  public void putQuarantine(LevelKey level, Quarantine quarantine) {
    quarantines.put(level, quarantine);
  }

  /// Only of a level that is to be corrected.
  public void putReckoning(LevelKey level, Reckoning reckoning) {
    reckonings.put(level, reckoning);
  }

  public void putReservation(Reservation reservation) {
    reservations.put(reservation.id(), reservation);
  }

  public void putTally(Tally tally) {
    tallies.put(tally.customer(), tally);
  }

  public void putLimit(PurchaseLimit limit) {
    limits.put(limit.sku(), limit);
  }

  /// Whether there is anything to count; for most tenants there is not.
  boolean countsCustomers() {
    return policy.heldReservationsMax() != null
        || !limits.isEmpty()
        || !tallies.isEmpty()
        || (base != null && base.countsCustomers());
  }

  Tally tally(Customer customer) {
    Tally found = tallies.get(customer);
    if (found != null) {
      return found;
    }
    return base == null ? Tally.empty(customer) : base.tally(customer);
  }

  Optional<PurchaseLimit> limit(Sku sku) {
    return Optional.ofNullable(limits.get(sku));
  }

  public StockPolicy policy() {
    return policy;
  }

  /// Whether the item is tracked; empty when there is no such item.
  public Optional<Boolean> tracked(Sku sku) {
    return Optional.ofNullable(trackedItems.get(sku));
  }

  public boolean hasLocation(LocationId location) {
    return priorities.containsKey(location);
  }

  int priority(LocationId location) {
    return priorities.getOrDefault(location, Integer.MAX_VALUE);
  }

  public Optional<StockCount> level(LevelKey level) {
    return Optional.ofNullable(levelsOf(level.sku()).get(level.location()));
  }

  /// All levels of an item that were loaded: all that there are, if a line that names no location
  /// asked for them.
  SortedMap<LocationId, StockCount> levelsOf(Sku sku) {
    SortedMap<LocationId, StockCount> found = levels.get(sku);
    if (found != null) {
      return found;
    }
    return base == null ? new TreeMap<>() : base.levelsOf(sku);
  }

  /// For most transactions there are none.
  boolean hasQuarantines() {
    return !quarantines.isEmpty();
  }

  Optional<Quarantine> quarantine(LevelKey level) {
    return Optional.ofNullable(quarantines.get(level));
  }

  Optional<Reckoning> reckoning(LevelKey level) {
    return Optional.ofNullable(reckonings.get(level));
  }

  public Optional<Reservation> reservation(ReservationId id) {
    Reservation found = reservations.get(id);
    if (found == null && base != null) {
      found = base.reservation(id).orElse(null);
    }
    boolean isHidden = found != null && onlyOf != null && !onlyOf.equals(found.customer());
    return isHidden ? Optional.empty() : Optional.ofNullable(found);
  }

  /// What this one says, for decisions that may come to nothing: what is applied to the fork leaves
  /// this one as it is. It costs what it changes, not what there is; nothing may be loaded into
  /// either of the two meanwhile.
  StockView fork() {
    return new StockView(this, null);
  }

  /// A fork in which there are no reservations but a customer's own. Whose a reservation is never
  /// changes, and the row is locked: so what is decided on it holds when it is written.
  public StockView seenBy(Customer customer) {
    return new StockView(this, customer);
  }

  /// Another view of the same, into which more can be loaded.
  public StockView copy() {
    StockView copy = new StockView();
    copy.trackedItems.putAll(trackedItems);
    copy.priorities.putAll(priorities);
    levels.forEach((sku, counts) -> copy.levels.put(sku, new TreeMap<>(counts)));
    copy.reservations.putAll(reservations);
    copy.tallies.putAll(tallies);
    copy.limits.putAll(limits);
    copy.quarantines.putAll(quarantines);
    copy.reckonings.putAll(reckonings);
    copy.policy = policy;
    return copy;
  }

  /// Makes a decision's changes the state that the next decision sees. The checks stay on in
  /// production: a decision that breaks one is a bug, and must not reach the rows.
  public void apply(Changes changes) {
    for (LevelChange change : changes.levels()) {
      check(change);
      putLevel(change.level(), change.after());
      reckonings.computeIfPresent(change.level(), (_, reckoning) -> reckoning.after(change));
      if (change.kind() == MovementKind.CORRECT) {
        quarantines.remove(change.level());
      }
    }
    for (ReservationChange change : changes.reservations()) {
      putReservation(
          switch (change) {
            case ReservationChange.Made(Reservation made) -> made;
            case ReservationChange.Ended(var id, var state) -> known(id).ended(state);
            case ReservationChange.Rewritten(Reservation after) -> {
              requireNext(known(after.id()), after);
              yield after;
            }
          });
    }
    changes.tallies().forEach(this::putTally);
  }

  private void check(LevelChange change) {
    StockCount before = before(change);
    StockCount after = change.after();
    boolean isSafetyStock = change.kind() == MovementKind.SAFETY_STOCK;
    boolean whole =
        after.reserved() >= 0
            && after.onHand() >= after.reserved()
            && after.onHand() == before.onHand() + change.onHandChange()
            && after.reserved() == before.reserved() + change.reservedChange()
            && (after.safetyStock() == before.safetyStock() || isSafetyStock)
            && after.version() == before.version() + 1;
    if (!whole) {
      throw violated(change + " does not follow from " + before);
    }
  }

  /// A correction follows from the ledger, whatever stands in the level's row.
  private StockCount before(LevelChange change) {
    return change.kind() == MovementKind.CORRECT
        ? reckoning(change.level()).map(Reckoning::ledger).orElse(NOTHING)
        : level(change.level()).orElse(NOTHING);
  }

  private static void requireNext(Reservation before, Reservation after) {
    if (after.version() != before.version() + 1) {
      throw violated(after + " does not follow from " + before);
    }
  }

  private Reservation known(ReservationId id) {
    return reservation(id).orElseThrow(() -> violated("changed but never loaded: " + id));
  }

  private static StockFailure violated(String what) {
    return new StockFailure(StockFailure.Code.INVARIANT_VIOLATED, what);
  }
}
