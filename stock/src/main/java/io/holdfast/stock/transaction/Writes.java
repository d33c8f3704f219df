package io.holdfast.stock.transaction;

import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.ChainHash;
import io.holdfast.stock.decide.Changes;
import io.holdfast.stock.decide.LevelChange;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.Reservation;
import io.holdfast.stock.decide.ReservationChange;
import io.holdfast.stock.store.IdempotencyKeys;
import io.holdfast.stock.store.Movements;
import io.holdfast.stock.store.Movements.Movement;
import io.holdfast.stock.store.Reservations;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.StoredAnswer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the decisions of one transaction add up to, and the sets of rows that this makes.
final class Writes {
  private final TenantId tenant;
  private final Instant now;
  private final Map<LevelKey, byte[]> chains;
  private final ChainHash chainHash = new ChainHash();

  private final List<Movement> movements = new ArrayList<>();
  private final Map<LevelKey, StockCount> levels = new TreeMap<>();
  private final List<Reservations.Row> made = new ArrayList<>();
  private final Map<ReservationState, List<ReservationId>> ended =
      new EnumMap<>(ReservationState.class);
  private final Map<ReservationId, Instant> prolonged = new TreeMap<>();
  private final List<StoredAnswer> keys = new ArrayList<>();

  /// @param chains the hash of the newest movement of each level that was loaded
  Writes(TenantId tenant, Instant now, Map<LevelKey, byte[]> chains) {
    this.tenant = tenant;
    this.now = now;
    this.chains = new HashMap<>(chains);
  }

  boolean isEmpty() {
    return movements.isEmpty()
        && made.isEmpty()
        && ended.isEmpty()
        && prolonged.isEmpty()
        && keys.isEmpty();
  }

  /// Takes up one decision's changes, and the answer that its key is bound to.
  void add(Request request, Changes changes, Optional<StoredAnswer> answer) {
    @Nullable ReservationId reservation = reservationOf(request, changes);
    for (LevelChange change : changes.levels()) {
      addMovement(request, change, reservation);
    }
    switch (changes.reservation()) {
      case null -> answer.ifPresent(keys::add);
      case ReservationChange.Made(Reservation row) -> {
        Instant endedAt = row.state() == ReservationState.HELD ? null : now;
        made.add(new Reservations.Row(row, request.call().actor().name(), answer, endedAt));
      }
      case ReservationChange.Ended(ReservationId id, ReservationState state) -> {
        ended.computeIfAbsent(state, _ -> new ArrayList<>()).add(id);
        answer.ifPresent(keys::add);
      }
      case ReservationChange.Prolonged(ReservationId id, Instant expiresAt) -> {
        prolonged.put(id, expiresAt);
        answer.ifPresent(keys::add);
      }
    }
  }

  private static @Nullable ReservationId reservationOf(Request request, Changes changes) {
    return changes.reservation() instanceof ReservationChange.Made(Reservation row)
        ? row.id()
        : request.reservation().orElse(null);
  }

  private void addMovement(
      Request request, LevelChange change, @Nullable ReservationId reservation) {
    LevelKey level = change.level();
    StockCount after = change.after();
    String actor = request.call().actor().name();
    @Nullable String reason = reasonOf(request.command());
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
                reservation,
                change.kind().code(),
                actor,
                reason));
    chains.put(level, hash);
    levels.put(level, after);
    movements.add(
        new Movement(
            level,
            change.kind().code(),
            change.onHandChange(),
            change.reservedChange(),
            after,
            now,
            reservation,
            actor,
            reason,
            hash));
  }

  private static @Nullable String reasonOf(Command command) {
    return switch (command) {
      case Command.Receive(_, @Nullable Reason reason) -> reason == null ? null : reason.text();
      case Command.Adjust adjust -> adjust.reason().text();
      case Command.Reserve _,
          Command.Purchase _,
          Command.Commit _,
          Command.Release _,
          Command.Expire _,
          Command.Extend _ ->
          null;
    };
  }

  /// Adds the statements, in the lock order: keys last, each set sorted.
  void addTo(RoundTrip trip) {
    ended.forEach((state, ids) -> Reservations.end(trip, tenant, state, now, ids));
    prolonged.forEach((id, expiresAt) -> Reservations.prolong(trip, tenant, id, expiresAt));
    if (!levels.isEmpty()) {
      StockLevels.write(trip, tenant, levelRows());
    }
    addInserts(trip);
  }

  /// The same on rows that were read and not locked: each is written only if it is as it was read,
  /// and [#checkUnchanged] finds out.
  void addUnchangedTo(RoundTrip trip, Function<ReservationId, Optional<Instant>> seenExpiry) {
    ended.forEach(
        (state, ids) ->
            ids.forEach(
                id ->
                    Reservations.endUnchanged(
                        trip, tenant, state, now, id, seenExpiry.apply(id).orElseThrow())));
    prolonged.forEach(
        (id, expiresAt) ->
            Reservations.prolongUnchanged(
                trip, tenant, id, expiresAt, seenExpiry.apply(id).orElseThrow()));
    if (!levels.isEmpty()) {
      Invariant.equal("changes of levels", levels.size(), movements.size());
      StockLevels.writeUnchanged(trip, tenant, levelRows());
    }
    addInserts(trip);
  }

  private void addInserts(RoundTrip trip) {
    if (!levels.isEmpty()) {
      Movements.insert(trip, tenant, now, movements);
    }
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
                    entry.getValue(),
                    chains.getOrDefault(entry.getKey(), ChainHash.start())))
        .toList();
  }

  /// Checks that every row was as it had been read; `Overtaken` when one was not.
  void checkUnchanged(RoundTrip trip) throws SQLException {
    long reservations = prolonged.size() + ended.values().stream().mapToLong(List::size).sum();
    for (long i = 0; i < reservations; i++) {
      requireUnchanged(1, trip.count());
    }
    if (!levels.isEmpty()) {
      requireUnchanged(levels.size(), trip.count());
    }
    checkInserts(trip);
  }

  private static void requireUnchanged(int rows, int written) {
    if (written < rows) {
      throw Overtaken.byAChange();
    }
  }

  /// Checks that every row was written; `Overtaken` when another transaction was first with a key.
  void check(RoundTrip trip) throws SQLException {
    for (List<ReservationId> ids : ended.values()) {
      Invariant.equal("reservations ended", ids.size(), trip.count());
    }
    for (ReservationId id : prolonged.keySet()) {
      Invariant.equal("rows of prolonged " + id, 1, trip.count());
    }
    if (!levels.isEmpty()) {
      Invariant.equal("levels written", levels.size(), trip.count());
    }
    checkInserts(trip);
  }

  private void checkInserts(RoundTrip trip) throws SQLException {
    if (!levels.isEmpty()) {
      Invariant.equal("movements written", movements.size(), trip.count());
    }
    if (!made.isEmpty() && trip.count() < made.size()) {
      throw Overtaken.withAKey();
    }
    if (!keys.isEmpty() && trip.count() < keys.size()) {
      throw Overtaken.withAKey();
    }
  }

  /// Something by which to find out later whether this transaction took effect.
  Evidence evidence() {
    if (!movements.isEmpty()) {
      return new Evidence.OfMovement(movements.getLast());
    }
    if (!made.isEmpty()) {
      return new Evidence.OfReservation(made.getLast().reservation().id());
    }
    if (!ended.isEmpty()) {
      return new Evidence.OfEnding(ended.values().iterator().next().getFirst(), now);
    }
    if (!keys.isEmpty()) {
      return new Evidence.OfAnswer(keys.getFirst());
    }
    Map.Entry<ReservationId, Instant> extension = prolonged.entrySet().iterator().next();
    return new Evidence.OfProlonging(extension.getKey(), extension.getValue());
  }

  /// An outcome that binds its key.
  static Optional<StoredAnswer> answerOf(Request request, Outcome.Effect effect) {
    return request
        .key()
        .map(key -> new StoredAnswer(key.id(), key.fingerprint(), AnswerBytes.of(effect)));
  }
}
