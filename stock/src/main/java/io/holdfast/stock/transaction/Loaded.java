package io.holdfast.stock.transaction;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.HeldLine;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.Reservation;
import io.holdfast.stock.decide.StockView;
import io.holdfast.stock.store.IdempotencyKeys;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.Reservations;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.StoredAnswer;
import io.holdfast.stock.store.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

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
  private final Set<HeldRow> heldRows = new HashSet<>();
  private final Map<ReservationId, Instant> seenExpiries = new HashMap<>();
  private final Guards guards = new Guards();
  private List<Part<ReservationId>> reservations = List.of();
  private List<Part<LevelKey>> levels = List.of();

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
    requests.forEach(request -> request.reservation().ifPresent(ids::add));
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
      if (request.movesReservedStock()) {
        request.learnWeight(Math.max(1, levelsOf(request).size()));
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
      if (reservation.expiresAt() != null) {
        seenExpiries.put(reservation.id(), reservation.expiresAt());
      }
    }
  }

  /// Adds the levels that the commands name and those on which their reservations lie; answers
  /// whether there is any. The known-held rows come last: they are never waited for, so they can't
  /// break the lock order.
  boolean addLevels(RoundTrip trip) {
    TreeSet<LevelKey> keys = new TreeSet<>();
    requests.forEach(request -> keys.addAll(levelsOf(request)));
    List<LevelKey> held =
        keys.stream().filter(key -> locks.knownHeld().contains(new HeldRow.OfLevel(key))).toList();
    keys.removeAll(held);
    levels =
        List.of(
            new Part<>(List.copyOf(keys), locks.locking()), new Part<>(held, Locking.SKIP_HELD));
    if (locks.locking() == Locking.GUARD) {
      guards.add(trip, tenant, requests.getFirst().command(), view);
    }
    for (Part<LevelKey> part : levels) {
      if (!part.keys.isEmpty()) {
        StockLevels.load(trip, tenant, part.keys, part.locking);
      }
    }
    return !keys.isEmpty() || !held.isEmpty();
  }

  private List<LevelKey> levelsOf(Request request) {
    if (!request.movesReservedStock()) {
      return request.levels();
    }
    List<LevelKey> keys = new ArrayList<>();
    request
        .reservation()
        .flatMap(view::reservation)
        .ifPresent(
            reservation -> {
              for (HeldLine line : reservation.lines()) {
                if (line.location() != null) {
                  keys.add(new LevelKey(line.sku(), line.location()));
                }
              }
            });
    return keys;
  }

  void takeLevels(RoundTrip trip) throws SQLException {
    guards.take(trip);
    for (Part<LevelKey> part : levels) {
      if (!part.keys.isEmpty()) {
        StockLevels.loaded(trip, part.keys).forEach(this::take);
      }
    }
  }

  private void take(StockLevels.Loaded loaded) {
    LevelKey key = loaded.key();
    if (loaded.tracked() != null) {
      view.putItem(key.sku(), loaded.tracked());
    }
    if (loaded.located()) {
      view.putLocation(key.location());
    }
    if (loaded.held()) {
      heldRows.add(new HeldRow.OfLevel(key));
    }
    if (loaded.count() != null && loaded.chainHash() != null) {
      view.putLevel(key, guards.before(key, loaded.count()));
      chains.put(key, loaded.chainHash());
    }
  }

  Guards guards() {
    return guards;
  }

  /// When a reservation that was read was to expire.
  Optional<Instant> seenExpiry(ReservationId id) {
    return Optional.ofNullable(seenExpiries.get(id));
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
    return Transactions.clock(trip);
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
    trip.add(Transactions.CLOCK_READ);
  }

  private List<UUID> keys(boolean ofReservations) {
    return requests.stream()
        .filter(request -> request.makesReservation() == ofReservations)
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
        request.reservation().<HeldRow>map(HeldRow.OfReservation::new).filter(heldRows::contains);
    if (reservation.isPresent()) {
      return reservation;
    }
    return levelsOf(request).stream()
        .<HeldRow>map(HeldRow.OfLevel::new)
        .filter(heldRows::contains)
        .findFirst();
  }
}
