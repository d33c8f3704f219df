package io.holdfast.stock.transaction;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.Reservation;
import io.holdfast.stock.decide.StockView;
import io.holdfast.stock.store.FoundReservations;
import io.holdfast.stock.store.LevelRange;
import io.holdfast.stock.store.Policies;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What a transaction has locked and read so far for its requests, in the global lock order:
/// reservations by id, then what counts for customers, then levels by sku and location. The keys
/// and the clock are read last.
final class Loaded {
  private final TenantId tenant;
  private final LockOptions locks;
  private final KeyLookup keyLookup;
  private List<Request> requests;
  private List<Request> putOff = List.of();
  private List<Portion<ReservationId>> reservations = List.of();
  private final Set<HeldRow> heldRows = new HashSet<>();

  final StockView view = new StockView();
  final LoadedTallies tallies;
  final LoadedLevels levels;
  final LoadedKeys keys;

  Loaded(TenantId tenant, List<Request> requests, LockOptions locks, KeyLookup keyLookup) {
    this.tenant = tenant;
    this.requests = List.copyOf(requests);
    this.locks = locks;
    this.keyLookup = keyLookup;
    this.tallies = new LoadedTallies(tenant, locks, view, heldRows);
    this.levels = new LoadedLevels(tenant, locks, view, heldRows);
    this.keys = new LoadedKeys(tenant);
  }

  /// The requests that have their turn in this transaction.
  List<Request> requests() {
    return requests;
  }

  /// Lets those come along who need nothing but what is locked and read: no reservation, nothing
  /// that counts for a customer, no key that is looked up first, no level to be reckoned anew,
  /// nobody who takes part and would have had a turn by now. Where somebody of this transaction has
  /// to wait or is put off, nobody passes.
  ///
  /// The clock is read with the locks, so it may be a moment behind those who come now. It decides
  /// what has expired, and they have nothing that could have.
  ///
  /// @param others what else they have to be
  void letJoin(Latecomers latecomers, Predicate<Request> others) {
    if (keyLookup == KeyLookup.BEFORE || !heldRows.isEmpty() || !putOff.isEmpty()) {
      return;
    }
    List<Request> joined = latecomers.join(others.and(this::hasAllFor));
    if (!joined.isEmpty()) {
      List<Request> all = new ArrayList<>(requests);
      all.addAll(joined);
      requests = all;
    }
  }

  private boolean hasAllFor(Request request) {
    Footprint footprint = request.footprint();
    return footprint.reservations().isEmpty()
        && footprint.customers().isEmpty()
        && levels.haveAll(footprint.levels())
        && !CorrectedLevels.isAnyOf(request);
  }

  /// Those that came after the last row that this transaction may touch.
  List<Request> putOff() {
    return putOff;
  }

  /// Answers whether there is any reservation to load.
  boolean addReservations(RoundTrip trip) {
    TreeSet<ReservationId> ids = new TreeSet<>();
    requests.forEach(request -> ids.addAll(request.reservations()));
    reservations =
        Portion.of(
            ids, id -> locks.knownHeld().contains(new HeldRow.OfReservation(id)), locks.locking());
    for (Portion<ReservationId> portion : reservations) {
      FoundReservations.load(trip, tenant, portion.keys(), portion.locking());
    }
    return !reservations.isEmpty();
  }

  void takeReservations(RoundTrip trip) throws SQLException {
    for (int i = 0; i < reservations.size(); i++) {
      FoundReservations.loaded(trip).forEach(this::take);
    }
    putOffBeyond(locks.maxRows());
  }

  /// Only now is it known how many lines the reservations have. Each request learns it for its next
  /// turn; those that don't fit into this one are put off, and all behind them, so that the order
  /// is kept.
  private void putOffBeyond(int maxRows) {
    long rows = 0;
    int fitting = 0;
    for (Request request : requests) {
      if (request.footprint().movesThem()) {
        request.learnWeight(
            Math.max(request.footprint().lines(), request.footprint().levelsIn(view).size()));
      }
      rows += request.weight();
      if (rows > maxRows && fitting > 0) {
        break;
      }
      fitting++;
    }
    putOff = requests.subList(fitting, requests.size());
    requests = requests.subList(0, fitting);
  }

  private void take(FoundReservations.Loaded loaded) {
    Reservation reservation = loaded.reservation();
    if (reservation == null) {
      heldRows.add(new HeldRow.OfReservation(loaded.id()));
    } else {
      view.putReservation(reservation);
    }
  }

  /// Reads the clock and the keys, in statements later than the last lock: whoever held a row
  /// before us has committed its keys by now.
  Instant readLast(RoundTrip trip) throws SQLException {
    keys.take(trip);
    if (asksForPolicy()) {
      view.putPolicy(Policies.policy(trip));
    }
    return Transactions.clock(trip);
  }

  /// Only a commit can come too late, and only customers are counted.
  private boolean asksForPolicy() {
    return !tallies.isEmpty()
        || requests.stream().anyMatch(request -> Footprint.mayBeLate(request.command()));
  }

  void addLast(RoundTrip trip) {
    if (keyLookup == KeyLookup.BEFORE) {
      keys.add(trip, requests);
    }
    if (asksForPolicy()) {
      Policies.read(trip, tenant);
    }
    trip.add(Transactions.CLOCK_READ);
  }

  /// The row that keeps this request from being decided, because somebody else holds it.
  Optional<HeldRow> heldRowOf(Request request) {
    if (heldRows.isEmpty()) {
      return Optional.empty();
    }
    Optional<HeldRow> reservation =
        request.reservations().stream()
            .<HeldRow>map(HeldRow.OfReservation::new)
            .filter(heldRows::contains)
            .findFirst();
    return reservation.or(() -> heldTallyOf(request)).or(() -> heldLevelOf(request));
  }

  private Optional<HeldRow> heldTallyOf(Request request) {
    return request.footprint().customersIn(view).stream()
        .<HeldRow>map(HeldRow.OfTally::new)
        .filter(heldRows::contains)
        .findFirst();
  }

  /// A line that names no location waits for each one that has the item: which of them serves it
  /// depends on all.
  private Optional<HeldRow> heldLevelOf(Request request) {
    List<LevelRange> ranges = request.footprint().levelsIn(view);
    return heldRows.stream()
        .filter(
            row ->
                row instanceof HeldRow.OfLevel(LevelKey key)
                    && ranges.stream().anyMatch(range -> range.contains(key)))
        .findFirst();
  }
}
