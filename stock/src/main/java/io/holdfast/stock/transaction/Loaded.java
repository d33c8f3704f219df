package io.holdfast.stock.transaction;

import io.holdfast.stock.Customer;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Decision;
import io.holdfast.stock.decide.Guard;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.Reservation;
import io.holdfast.stock.decide.StockView;
import io.holdfast.stock.store.IdempotencyKeys;
import io.holdfast.stock.store.LevelRange;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.Policies;
import io.holdfast.stock.store.Reservations;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.StoredAnswer;
import io.holdfast.stock.store.Tallies;
import io.holdfast.stock.store.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// What a transaction has locked and read so far for its requests, in the global lock order:
/// reservations by id, then levels by sku and location.
final class Loaded {
  private final TenantId tenant;
  private final LockOptions locks;
  private List<Request> requests;
  private List<Request> putOff = List.of();
  private List<UUID> reservationKeys = List.of();
  private List<UUID> otherKeys = List.of();

  final StockView view = new StockView();
  final Map<LevelKey, byte[]> chains = new HashMap<>();
  final Map<UUID, StoredAnswer> answers = new HashMap<>();
  final FoundLevels found = new FoundLevels();
  private final Set<HeldRow> heldRows = new HashSet<>();
  private final Guards guards = new Guards();
  private List<Part<ReservationId>> reservations = List.of();
  private List<Part<Customer>> tallies = List.of();
  private List<Part<LevelRange>> levels = List.of();
  private CorrectedLevels corrected = CorrectedLevels.NONE;
  private final Map<Customer, Long> tallyVersions = new HashMap<>();

  /// Keys that are loaded by one statement.
  private record Part<K>(List<K> keys, Locking locking) {}

  Loaded(TenantId tenant, List<Request> requests, LockOptions locks) {
    this.tenant = tenant;
    this.requests = requests;
    this.locks = locks;
  }

  /// The requests that have their turn in this transaction.
  List<Request> requests() {
    return requests;
  }

  /// Those that came after the last row that this transaction may touch.
  List<Request> putOff() {
    return putOff;
  }

  /// Answers whether there is any reservation to load.
  boolean addReservations(RoundTrip trip) {
    TreeSet<ReservationId> ids = new TreeSet<>();
    requests.forEach(request -> ids.addAll(request.reservations()));
    List<ReservationId> held =
        ids.stream()
            .filter(id -> locks.knownHeld().contains(new HeldRow.OfReservation(id)))
            .toList();
    ids.removeAll(held);
    reservations =
        List.of(new Part<>(List.copyOf(ids), locks.locking()), new Part<>(held, Locking.SKIP_HELD));
    for (Part<ReservationId> part : reservations) {
      if (!part.keys.isEmpty()) {
        Reservations.load(trip, tenant, part.keys, part.locking);
      }
    }
    return !ids.isEmpty() || !held.isEmpty();
  }

  void takeReservations(RoundTrip trip) throws SQLException {
    for (Part<ReservationId> part : reservations) {
      if (!part.keys.isEmpty()) {
        Reservations.loaded(trip).forEach(this::take);
      }
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
        request.learnWeight(Math.max(request.footprint().lines(), levelsOf(request).size()));
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

  private void take(Reservations.Loaded loaded) {
    Reservation reservation = loaded.reservation();
    if (reservation == null) {
      heldRows.add(new HeldRow.OfReservation(loaded.id()));
    } else {
      view.putReservation(reservation);
    }
  }

  /// Adds what counts for the customers of the commands and of their reservations, and what may;
  /// answers whether there is any customer.
  boolean addTallies(RoundTrip trip) {
    TreeSet<Customer> customers = new TreeSet<>();
    requests.forEach(request -> customers.addAll(customersOf(request)));
    if (customers.isEmpty()) {
      return false;
    }
    Map<Boolean, List<Customer>> byHeld =
        customers.stream()
            .collect(
                Collectors.partitioningBy(
                    customer -> locks.knownHeld().contains(new HeldRow.OfTally(customer))));
    tallies =
        List.of(
            new Part<>(byHeld.getOrDefault(false, List.of()), locks.locking()),
            new Part<>(byHeld.getOrDefault(true, List.of()), Locking.SKIP_HELD));
    for (Part<Customer> part : tallies) {
      if (!part.keys.isEmpty()) {
        Tallies.load(trip, tenant, part.keys, part.locking);
      }
    }
    Set<Sku> skus = new HashSet<>();
    requests.forEach(request -> levelsOf(request).forEach(range -> skus.add(range.sku())));
    // Lines of untracked items lie on no level, and are limited all the same.
    requests.stream()
        .flatMap(request -> request.reservations().stream())
        .flatMap(id -> view.reservation(id).stream())
        .flatMap(reservation -> reservation.lines().stream())
        .forEach(line -> skus.add(line.sku()));
    Tallies.loadLimits(trip, tenant, skus, List.copyOf(customers));
    return true;
  }

  void takeTallies(RoundTrip trip) throws SQLException {
    for (Part<Customer> part : tallies) {
      if (!part.keys.isEmpty()) {
        Tallies.loaded(trip).forEach(this::take);
      }
    }
    Tallies.limits(trip).forEach(view::putLimit);
  }

  private void take(Tallies.Loaded loaded) {
    if (loaded.tally() == null) {
      heldRows.add(new HeldRow.OfTally(loaded.customer()));
    } else {
      view.putTally(loaded.tally());
      tallyVersions.put(loaded.customer(), loaded.version());
    }
  }

  private List<Customer> customersOf(Request request) {
    Footprint footprint = request.footprint();
    List<Customer> customers = new ArrayList<>(footprint.customers());
    if (footprint.movesThem()) {
      footprint.reservations().stream()
          .flatMap(id -> view.reservation(id).stream())
          .map(Reservation::customer)
          .filter(Objects::nonNull)
          .forEach(customers::add);
    }
    return customers;
  }

  /// 0 for a customer of whom nothing counts yet.
  long tallyVersion(Customer customer) {
    return tallyVersions.getOrDefault(customer, 0L);
  }

  /// Whether a command has to be tried before it is known what is to be guarded; under a control
  /// without guards none has.
  boolean needsTrial() {
    if (locks.locking() != Locking.GUARD) {
      return false;
    }
    Optional<List<Guard>> known = Guard.of(requests.getFirst().command(), view);
    known.ifPresent(guards::know);
    return known.isEmpty();
  }

  void addTrial(RoundTrip trip) {
    List<LevelRange> ranges = LevelRange.inOrder(levelsOf(requests.getFirst()));
    levels = List.of(new Part<>(ranges, Locking.NONE));
    if (!ranges.isEmpty()) {
      StockLevels.load(trip, tenant, ranges, Locking.NONE);
    }
    Policies.read(trip, tenant);
    trip.add(Transactions.CLOCK_READ);
  }

  void takeTrial(RoundTrip trip) throws SQLException {
    StockView trial = view.copy();
    List<LevelRange> ranges = levels.getFirst().keys;
    if (!ranges.isEmpty()) {
      StockLevels.loaded(trip, ranges).forEach(loaded -> put(trial, loaded));
    }
    trial.putPolicy(Policies.policy(trip));
    Instant now = Transactions.clock(trip);
    Request request = requests.getFirst();
    guards.know(Decision.of(trial, request.command(), request.newReservations(), now));
  }

  /// Adds the levels that the commands name and those on which their reservations lie; answers
  /// whether there is any. The known-held rows come last: they are never waited for, so they can't
  /// break the lock order.
  boolean addLevels(RoundTrip trip) {
    List<LevelRange> ranges = new ArrayList<>();
    for (Request request : requests) {
      List<LevelRange> own = levelsOf(request);
      if (!request.reservations().isEmpty()) {
        found.ask(request, own);
      }
      ranges.addAll(own);
    }
    Map<Boolean, List<LevelRange>> byHeld =
        LevelRange.inOrder(ranges).stream().collect(Collectors.partitioningBy(this::isKnownHeld));
    List<LevelRange> free = byHeld.getOrDefault(false, List.of());
    List<LevelRange> held = byHeld.getOrDefault(true, List.of());
    corrected = CorrectedLevels.of(requests);
    Locking locking = corrected.locking(locks.locking());
    levels = List.of(new Part<>(free, locking), new Part<>(held, Locking.SKIP_HELD));
    if (locks.locking() == Locking.GUARD) {
      guards.add(trip, tenant);
    }
    for (Part<LevelRange> part : levels) {
      if (!part.keys.isEmpty()) {
        StockLevels.load(trip, tenant, part.keys, part.locking);
      }
    }
    corrected.add(trip, tenant);
    return !free.isEmpty() || !held.isEmpty();
  }

  private boolean isKnownHeld(LevelRange range) {
    return range.location() != null
        ? locks
            .knownHeld()
            .contains(new HeldRow.OfLevel(new LevelKey(range.sku(), range.location())))
        : locks.knownHeld().stream()
            .anyMatch(row -> row instanceof HeldRow.OfLevel(LevelKey key) && range.contains(key));
  }

  private List<LevelRange> levelsOf(Request request) {
    Footprint footprint = request.footprint();
    if (!footprint.hasUnnamed()) {
      return footprint.levels();
    }
    List<LevelRange> ranges = new ArrayList<>(footprint.levels());
    for (ReservationId id : footprint.reservations()) {
      view.reservation(id).stream()
          .flatMap(reservation -> reservation.lines().stream())
          .flatMap(line -> line.level().stream())
          .map(LevelRange::of)
          .forEach(ranges::add);
    }
    return ranges;
  }

  void takeLevels(RoundTrip trip) throws SQLException {
    guards.take(trip);
    for (Part<LevelRange> part : levels) {
      if (!part.keys.isEmpty()) {
        StockLevels.loaded(trip, part.keys).forEach(this::take);
      }
    }
    corrected.take(trip, view, chains);
  }

  private void take(StockLevels.Loaded loaded) {
    LevelKey key = loaded.key();
    put(view, loaded);
    found.add(loaded);
    if (key != null && loaded.held()) {
      heldRows.add(new HeldRow.OfLevel(key));
    }
    if (key != null && loaded.chainHash() != null) {
      chains.put(key, loaded.chainHash());
    }
  }

  /// Where those who lack something would find more, had it come there while they waited.
  List<LevelRange> mayHaveMore(Collection<Request> lacking) {
    return locks.locking().mixesMoments() ? found.mayHaveMore(lacking) : List.of();
  }

  private void put(StockView into, StockLevels.Loaded loaded) {
    LevelKey key = loaded.key();
    if (loaded.tracked() != null) {
      into.putItem(loaded.range().sku(), loaded.tracked());
    }
    if (key != null && loaded.priority() != null) {
      into.putLocation(key.location(), loaded.priority());
    }
    if (key != null && loaded.count() != null) {
      into.putLevel(key, guards.before(key, loaded.count()));
    }
    if (key != null && loaded.quarantine() != null) {
      into.putQuarantine(key, loaded.quarantine());
    }
  }

  Guards guards() {
    return guards;
  }

  /// Reads the clock and the keys, in statements later than the last lock: whoever held a row
  /// before us has committed its keys by now.
  Instant readLast(RoundTrip trip) throws SQLException {
    if (!reservationKeys.isEmpty()) {
      answers.putAll(IdempotencyKeys.found(trip));
    }
    if (!otherKeys.isEmpty()) {
      answers.putAll(IdempotencyKeys.found(trip));
    }
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
    reservationKeys = keys(true);
    otherKeys = keys(false);
    if (!reservationKeys.isEmpty()) {
      Reservations.findKeys(trip, tenant, reservationKeys);
    }
    if (!otherKeys.isEmpty()) {
      IdempotencyKeys.find(trip, tenant, otherKeys);
    }
    if (asksForPolicy()) {
      Policies.read(trip, tenant);
    }
    trip.add(Transactions.CLOCK_READ);
  }

  private List<UUID> keys(boolean ofReservations) {
    return requests.stream()
        .filter(request -> request.isAnsweredInItsRow() == ofReservations)
        .flatMap(request -> request.key().stream())
        .map(RequestKey::id)
        .distinct()
        .toList();
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
    return customersOf(request).stream()
        .<HeldRow>map(HeldRow.OfTally::new)
        .filter(heldRows::contains)
        .findFirst();
  }

  /// A line that names no location waits for each one that has the item: which of them serves it
  /// depends on all.
  private Optional<HeldRow> heldLevelOf(Request request) {
    List<LevelRange> ranges = levelsOf(request);
    return heldRows.stream()
        .filter(
            row ->
                row instanceof HeldRow.OfLevel(LevelKey key)
                    && ranges.stream().anyMatch(range -> range.contains(key)))
        .findFirst();
  }
}
