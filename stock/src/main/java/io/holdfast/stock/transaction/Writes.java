package io.holdfast.stock.transaction;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.ChainHash;
import io.holdfast.stock.decide.Changes;
import io.holdfast.stock.decide.LevelChange;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.MovementKind;
import io.holdfast.stock.decide.Reservation;
import io.holdfast.stock.decide.ReservationChange;
import io.holdfast.stock.decide.StockView;
import io.holdfast.stock.decide.Tally;
import io.holdfast.stock.store.Fencing;
import io.holdfast.stock.store.IdempotencyKeys;
import io.holdfast.stock.store.Movements;
import io.holdfast.stock.store.Movements.Movement;
import io.holdfast.stock.store.Quarantines;
import io.holdfast.stock.store.Quarantines.Release;
import io.holdfast.stock.store.Reservations;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.StoredAnswer;
import io.holdfast.stock.store.Tallies;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// What the decisions of one transaction add up to, and the sets of rows that this makes.
final class Writes {
  private final TenantId tenant;
  private final Instant now;
  private final Map<LevelKey, byte[]> chains;
  private final ToLongFunction<Customer> tallyVersion;
  private final ChainHash chainHash = new ChainHash();

  private final List<Movement> movements = new ArrayList<>();
  private final Map<LevelKey, StockCount> levels = new TreeMap<>();
  private final Map<LevelKey, Long> seenVersions = new HashMap<>();
  private final List<Reservations.Row> made = new ArrayList<>();
  private final Map<ReservationId, Reservations.End> ended = new TreeMap<>();
  private final Map<ReservationId, Reservations.Rewrite> rewritten = new TreeMap<>();
  private final Map<Customer, Tally> tallies = new TreeMap<>();
  private final List<StoredAnswer> keys = new ArrayList<>();
  private final List<Release> releases = new ArrayList<>();

  /// @param chains the hash of the newest movement of each level that was loaded
  /// @param tallyVersion of each customer's tally that was loaded
  Writes(
      TenantId tenant,
      Instant now,
      Map<LevelKey, byte[]> chains,
      ToLongFunction<Customer> tallyVersion) {
    this.tenant = tenant;
    this.now = now;
    this.tallyVersion = tallyVersion;
    this.chains = new HashMap<>(chains);
  }

  boolean isEmpty() {
    return movements.isEmpty()
        && made.isEmpty()
        && ended.isEmpty()
        && rewritten.isEmpty()
        && keys.isEmpty();
  }

  /// Takes up one decision's changes, and the answer that its key is bound to.
  ///
  /// @param view as it was before them
  void add(Request request, StockView view, Changes changes, Optional<StoredAnswer> answer) {
    for (LevelChange change : changes.levels()) {
      addMovement(request.call().actor(), view, change);
    }
    changes.tallies().forEach(tally -> tallies.put(tally.customer(), tally));
    boolean isInItsRow = request.isAnsweredInItsRow();
    for (ReservationChange change : changes.reservations()) {
      switch (change) {
        case ReservationChange.Made(Reservation row) -> {
          Instant endedAt = row.state() == ReservationState.HELD ? null : now;
          Optional<StoredAnswer> kept = isInItsRow ? answer : Optional.empty();
          made.add(new Reservations.Row(row, request.call().actor().name(), kept, endedAt));
        }
        case ReservationChange.Ended(ReservationId id, ReservationState state) ->
            end(latest(view, id), state);
        case ReservationChange.Rewritten(Reservation after) ->
            rewrite(latest(view, after.id()), after);
      }
    }
    if (!isInItsRow) {
      answer.ifPresent(keys::add);
    }
  }

  /// As it is after all that was taken up: commands that are done together may have rewritten it
  /// before.
  private Reservation latest(StockView view, ReservationId id) {
    Reservations.Rewrite earlier = rewritten.get(id);
    return earlier == null ? view.reservation(id).orElseThrow() : earlier.after();
  }

  /// One that was rewritten in the same transaction is written once, as it is in the end.
  private void end(Reservation before, ReservationState state) {
    if (rewritten.containsKey(before.id())) {
      rewrite(before, before.ended(state));
    } else {
      ended.put(before.id(), new Reservations.End(before.id(), state, before.version()));
    }
  }

  private void rewrite(Reservation before, Reservation after) {
    boolean isEnding = before.state() != after.state();
    Reservations.End end = ended.remove(before.id());
    Reservations.Rewrite earlier = rewritten.get(before.id());
    if (end != null) {
      rewritten.put(before.id(), new Reservations.Rewrite(after, end.seenVersion(), true));
    } else if (earlier != null) {
      rewritten.put(
          before.id(),
          new Reservations.Rewrite(after, earlier.seenVersion(), earlier.isEnding() || isEnding));
    } else {
      rewritten.put(before.id(), new Reservations.Rewrite(after, before.version(), isEnding));
    }
  }

  private void addMovement(Actor by, StockView view, LevelChange change) {
    LevelKey level = change.level();
    StockCount after = change.after();
    String actor = by.name();
    String reason = change.reason() == null ? null : change.reason().text();
    byte[] previous = chains.getOrDefault(level, ChainHash.start());
    byte[] hash =
        chainHash.next(
            previous,
            new ChainHash.Row(
                tenant.value(),
                level.sku().value(),
                level.location().value(),
                after.version(),
                change.onHandChange(),
                change.reservedChange(),
                after.onHand(),
                after.reserved(),
                now,
                change.reservation(),
                change.kind().code(),
                actor,
                reason,
                change.detail()));
    chains.put(level, hash);
    levels.put(level, after);
    seenVersions.putIfAbsent(level, view.level(level).map(StockCount::version).orElse(0L));
    if (change.kind() == MovementKind.CORRECT) {
      releases.add(new Release(level, after.version(), actor, String.valueOf(reason)));
    }
    movements.add(
        new Movement(
            level,
            change.kind().code(),
            change.onHandChange(),
            change.reservedChange(),
            after,
            now,
            change.reservation(),
            actor,
            reason,
            change.detail(),
            hash));
  }

  /// Adds the statements, in the lock order: keys last, each set sorted.
  void addTo(RoundTrip trip) {
    endedByState().forEach((state, ids) -> Reservations.end(trip, tenant, state, now, ids));
    addRewritten(trip, Fencing.NONE);
    addTallies(trip, Fencing.NONE);
    if (!levels.isEmpty()) {
      StockLevels.write(trip, tenant, levelRows());
    }
    addInserts(trip);
  }

  /// The same on rows that were read and not locked: each is written only if it is as it was read
  /// and its fence lets it be, and [#checkUnchanged] finds out.
  void addUnchangedTo(RoundTrip trip, Fencing fencing) {
    ended.values().forEach(end -> Reservations.endUnchanged(trip, tenant, now, end, fencing));
    addRewritten(trip, fencing);
    addTallies(trip, fencing);
    levelRows().forEach(row -> StockLevels.writeUnchanged(trip, tenant, row, fencing));
    addInserts(trip);
  }

  /// The rows that are to be changed, and those of levels and tallies that are to be made: whoever
  /// else makes one makes the same.
  RowSet rows() {
    Set<ReservationId> reservations = new HashSet<>(ended.keySet());
    reservations.addAll(rewritten.keySet());
    return new RowSet(reservations, tallies.keySet(), levels.keySet());
  }

  private void addRewritten(RoundTrip trip, Fencing fencing) {
    rewritten
        .values()
        .forEach(rewrite -> Reservations.rewrite(trip, tenant, now, rewrite, fencing));
  }

  private void addTallies(RoundTrip trip, Fencing fencing) {
    if (!tallies.isEmpty()) {
      List<Tallies.Row> rows = new ArrayList<>(tallies.size());
      tallies.forEach(
          (customer, tally) ->
              rows.add(new Tallies.Row(tally, tallyVersion.applyAsLong(customer) + 1)));
      Tallies.write(trip, tenant, rows, fencing);
    }
  }

  /// A tally that was not there when it was read could not be locked.
  private void checkTallies(RoundTrip trip, Overtaken otherwise) throws SQLException {
    if (!tallies.isEmpty() && trip.count() < tallies.size()) {
      throw otherwise;
    }
  }

  private Map<ReservationState, List<ReservationId>> endedByState() {
    Map<ReservationState, List<ReservationId>> byState = new EnumMap<>(ReservationState.class);
    ended.forEach(
        (id, end) -> byState.computeIfAbsent(end.state(), _ -> new ArrayList<>()).add(id));
    return byState;
  }

  private void addInserts(RoundTrip trip) {
    if (!levels.isEmpty()) {
      Movements.insert(trip, tenant, now, movements);
    }
    releases.forEach(release -> Quarantines.release(trip, tenant, now, release));
    if (!made.isEmpty()) {
      made.sort(
          Comparator.comparing(
              row -> row.key().map(StoredAnswer::requestKey).orElse(null),
              Comparator.nullsFirst(Comparator.naturalOrder())));
      Reservations.insert(trip, tenant, now, made);
    }
    if (!keys.isEmpty()) {
      keys.sort(Comparator.comparing(StoredAnswer::requestKey));
      IdempotencyKeys.insert(trip, tenant, now, keys);
    }
  }

  private List<StockLevels.Row> levelRows() {
    return levels.entrySet().stream()
        .map(
            entry ->
                new StockLevels.Row(
                    entry.getKey(),
                    seenVersions.getOrDefault(entry.getKey(), 0L),
                    entry.getValue(),
                    chains.getOrDefault(entry.getKey(), ChainHash.start())))
        .toList();
  }

  /// Checks that every row was written; throws `otherwise` when one was left alone.
  void checkUnchanged(RoundTrip trip, Overtaken otherwise) throws SQLException {
    checkEachUnchanged(trip, ended.size() + rewritten.size(), otherwise);
    checkTallies(trip, otherwise);
    checkEachUnchanged(trip, levels.size(), otherwise);
    checkInserts(trip);
  }

  private static void checkEachUnchanged(RoundTrip trip, int rows, Overtaken otherwise)
      throws SQLException {
    for (int i = 0; i < rows; i++) {
      if (trip.count() < 1) {
        throw otherwise;
      }
    }
  }

  /// Checks that every row was written; `Overtaken` when another transaction was first with a key.
  void check(RoundTrip trip) throws SQLException {
    for (List<ReservationId> ids : endedByState().values()) {
      Invariant.equal("reservations ended", ids.size(), trip.count());
    }
    for (ReservationId id : rewritten.keySet()) {
      Invariant.equal("rows of rewritten " + id, 1, trip.count());
    }
    checkTallies(trip, Overtaken.byAChange());
    if (!levels.isEmpty()) {
      Invariant.equal("levels written", levels.size(), trip.count());
    }
    checkInserts(trip);
  }

  private void checkInserts(RoundTrip trip) throws SQLException {
    if (!levels.isEmpty()) {
      Invariant.equal("movements written", movements.size(), trip.count());
    }
    for (Release _ : releases) {
      Quarantines.released(trip);
    }
    if (!made.isEmpty() && trip.count() < made.size()) {
      throw Overtaken.withAKey();
    }
    if (!keys.isEmpty() && trip.count() < keys.size()) {
      throw Overtaken.withAKey();
    }
  }

  /// Something by which to find out later whether this transaction took effect: rows that nobody
  /// changes any more before such as somebody may.
  Evidence evidence() {
    if (!movements.isEmpty()) {
      return new Evidence.OfMovement(movements.getLast());
    }
    if (!made.isEmpty()) {
      return new Evidence.OfReservation(made.getLast().reservation().id());
    }
    if (!keys.isEmpty()) {
      return new Evidence.OfAnswer(keys.getFirst());
    }
    if (!ended.isEmpty()) {
      Reservations.End end = ended.values().iterator().next();
      return new Evidence.OfVersion(end.id(), end.seenVersion() + 1, now);
    }
    Reservation after = rewritten.values().iterator().next().after();
    return new Evidence.OfVersion(after.id(), after.version(), now);
  }

  /// An outcome that binds its key.
  static Optional<StoredAnswer> answerOf(Request request, Outcome.Effect effect) {
    return request
        .key()
        .map(key -> new StoredAnswer(key.id(), key.fingerprint(), AnswerBytes.of(effect)));
  }
}
