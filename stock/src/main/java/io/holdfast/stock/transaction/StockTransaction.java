package io.holdfast.stock.transaction;

import io.holdfast.stock.Answer;
import io.holdfast.stock.EngineObserver.Retry;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Changes;
import io.holdfast.stock.decide.Decision;
import io.holdfast.stock.store.Fencing;
import io.holdfast.stock.store.LevelRange;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.StoredAnswer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One attempt to decide some requests of one tenant in one transaction: lock, then read; decide
/// one after the other; write sets. To commit it, once, is left to whoever opened it, and nobody is
/// answered before.
///
/// Without participants and existing reservations this takes two round trips: begin, lock and clock
/// in one; all writes in the other. The keys are looked up in the first one, or, for those who
/// would have no effect, in one between.
final class StockTransaction {
  private final TenantId tenant;
  private final Locking locking;
  private final Fence fence;
  private final Enclosure enclosure;
  private final KeyLookup keyLookup;
  private final Trips trips;
  private final Participations participations;
  private final Loaded loaded;
  private final Map<Request, Verdict> verdicts = new LinkedHashMap<>();
  private final Map<Request, Undecided> undecided = new LinkedHashMap<>();

  StockTransaction(
      Connection connection,
      List<Request> requests,
      List<Participant<?>> participants,
      LockOptions locks,
      KeyLookup keyLookup,
      Enclosure enclosure) {
    this.tenant = requests.getFirst().call().tenant();
    this.locking = locks.locking();
    this.fence = locks.fence();
    this.enclosure = enclosure;
    this.keyLookup = keyLookup;
    this.trips = new Trips(connection, enclosure.deadline());
    this.participations = new Participations(participants, trips, tenant);
    this.loaded = new Loaded(tenant, requests, locks, keyLookup);
  }

  /// @param verdicts of the requests that were decided, to be told once this is returned
  /// @param undecided the requests that have to come again, with what was in the way
  /// @param locksHeldNanos when the last lock was taken, on the clock of `System.nanoTime`
  /// @param evidence of what was written; empty when nothing is to be committed
  record Ended(
      Map<Request, Verdict> verdicts,
      Map<Request, Undecided> undecided,
      long locksHeldNanos,
      Optional<Evidence> evidence) {
    static final Ended NOTHING = new Ended(Map.of(), Map.of(), 0, Optional.empty());
  }

  /// Locks, decides and writes. After an exception the transaction is to be rolled back.
  ///
  /// @param latecomers who may come along once the rows are locked
  Ended run(Latecomers latecomers) throws SQLException {
    try {
      return runInTime(latecomers);
    } catch (SQLException e) {
      enclosure.deadline().check(e);
      if (locking == Locking.FENCE && SqlFault.of(e) == SqlFault.ROW_HELD) {
        return givenBack(new Undecided.RowHeld());
      }
      throw e;
    } catch (Overtaken overtaken) {
      if (overtaken.why() == Retry.FENCED) {
        return givenBack(new Undecided.Outdated());
      }
      throw overtaken;
    }
  }

  /// Nothing is decided until the lock outside of the database does.
  private Ended givenBack(Undecided.LockAgain why) {
    Map<Request, Undecided> all = new LinkedHashMap<>();
    loaded.requests().forEach(request -> all.put(request, why));
    return new Ended(Map.of(), all, System.nanoTime(), Optional.empty());
  }

  private Ended runInTime(Latecomers latecomers) throws SQLException {
    Instant now = new Loading(trips, enclosure, participations, loaded).run(latecomers);
    long locksHeldNanos = System.nanoTime();
    Writes writes = new Writes(tenant, now, loaded.levels.chains(), loaded.tallies::version);
    decide(now, writes);
    repeatOthers();
    checkLacks();
    if (locking == Locking.FENCE && !fence.rows().containsAll(writes.rows())) {
      return givenBack(new Undecided.NotLocked(writes.rows()));
    }
    if (writes.isEmpty()) {
      return new Ended(verdicts, undecided, locksHeldNanos, Optional.empty());
    }
    write(writes);
    return new Ended(verdicts, undecided, locksHeldNanos, Optional.of(writes.evidence()));
  }

  private void decide(Instant now, Writes writes) {
    Map<UUID, StoredAnswer> answers = new HashMap<>(loaded.keys.answers());
    for (Request request : loaded.requests()) {
      // What was answered before needs no row to be answered again.
      Optional<HeldRow> heldRow =
          earlier(request, answers).isPresent() ? Optional.empty() : loaded.heldRowOf(request);
      if (heldRow.isPresent()) {
        undecided.put(request, heldRow.get());
      } else {
        Conclusion conclusion = conclude(request, now, answers);
        verdicts.put(request, conclusion.verdict);
        conclusion.taking.ifPresent(taking -> takeUp(request, taking, writes, answers));
      }
    }
    loaded.putOff().forEach(request -> undecided.put(request, new Undecided.BatchFull()));
  }

  /// What a request did before is told again, though now it would be refused, or would have to
  /// wait.
  private void repeatOthers() throws SQLException {
    if (keyLookup == KeyLookup.BEFORE) {
      return;
    }
    List<Request> others = withoutEffect();
    if (others.isEmpty()) {
      return;
    }
    try (RoundTrip trip = trips.next()) {
      loaded.keys.add(trip, others);
      trip.send();
      loaded.keys.take(trip);
    }
    for (Request request : others) {
      earlier(request, loaded.keys.answers())
          .ifPresent(
              answer -> {
                undecided.remove(request);
                verdicts.put(request, new Verdict.Answered(replay(request, answer)));
              });
    }
  }

  /// Those with a key that this transaction writes nothing for.
  private List<Request> withoutEffect() {
    List<Request> without = new ArrayList<>(undecided.keySet());
    verdicts.forEach(
        (request, verdict) -> {
          if (!verdict.isEffect()) {
            without.add(request);
          }
        });
    without.removeIf(request -> request.key().isEmpty());
    return without;
  }

  /// Nobody is told that there is too little because there is more at a location that was opened
  /// while this transaction waited.
  private void checkLacks() throws SQLException {
    List<Request> lacking = new ArrayList<>();
    verdicts.forEach(
        (request, verdict) -> {
          if (verdict instanceof Verdict.Answered(Answer(Outcome outcome, boolean isReplayed))
              && !isReplayed
              && isLack(outcome)) {
            lacking.add(request);
          }
        });
    List<LevelRange> ranges = loaded.levels.mayHaveMore(lacking);
    if (ranges.isEmpty()) {
      return;
    }
    try (RoundTrip trip = trips.next()) {
      StockLevels.count(trip, tenant, ranges);
      trip.send();
      if (StockLevels.counted(trip) != loaded.levels.found().in(ranges)) {
        throw Overtaken.withALocation();
      }
    }
  }

  private static boolean isLack(Outcome outcome) {
    return switch (outcome) {
      case Refusal.InsufficientStock _, Refusal.NoStockRecord _ -> true;
      case Refusal.PartRefused(_, Refusal part) -> isLack(part);
      case Outcome.Reserved reserved -> !reserved.missing().isEmpty();
      case Outcome.DoneTogether(List<Outcome.Effect> effects) ->
          effects.stream().anyMatch(StockTransaction::isLack);
      case Outcome _ -> false;
    };
  }

  private static Optional<StoredAnswer> earlier(Request request, Map<UUID, StoredAnswer> answers) {
    return request.key().map(key -> answers.get(key.id()));
  }

  /// What one request comes to.
  ///
  /// @param taking what is to be written; empty for a refusal, a replay and a failure
  private record Conclusion(Verdict verdict, Optional<Taking> taking) {
    static Conclusion of(Answer answer) {
      return new Conclusion(new Verdict.Answered(answer), Optional.empty());
    }

    static Conclusion of(StockFailure failure) {
      return new Conclusion(new Verdict.Failed(failure), Optional.empty());
    }
  }

  private record Taking(Outcome.Effect effect, Changes changes, Optional<StoredAnswer> answer) {}

  /// A request that fails while it is decided fails alone: nothing of it was taken up yet.
  private Conclusion conclude(Request request, Instant now, Map<UUID, StoredAnswer> answers) {
    try {
      Optional<StoredAnswer> earlier = earlier(request, answers);
      return earlier.isPresent()
          ? Conclusion.of(replay(request, earlier.get()))
          : decided(
              request,
              Decision.of(
                  request.seen(loaded.view), request.command(), request.newReservations(), now));
    } catch (Overtaken overtaken) {
      throw overtaken;
    } catch (StockFailure failure) {
      return Conclusion.of(failure);
    } catch (RuntimeException e) {
      return Conclusion.of(new StockFailure(StockFailure.Code.UNEXPECTED, "deciding failed", e));
    }
  }

  private Conclusion decided(Request request, Decision decision) {
    loaded.levels.guards().hold(decision, loaded.view);
    if (!(decision.outcome() instanceof Outcome.Effect effect)) {
      return Conclusion.of(new Answer(decision.outcome(), false));
    }
    Optional<Refusal.RefusedByParticipant> objection = participations.objection(request, effect);
    if (objection.isPresent()) {
      return Conclusion.of(new Answer(objection.get(), false));
    }
    return new Conclusion(
        new Verdict.Answered(new Answer(effect, false)),
        Optional.of(new Taking(effect, decision.changes(), Writes.answerOf(request, effect))));
  }

  /// From here on a failure is one of the whole transaction, since part of this request may have
  /// been taken up already.
  private void takeUp(
      Request request, Taking taking, Writes writes, Map<UUID, StoredAnswer> answers) {
    writes.add(request, loaded.view, taking.changes, taking.answer);
    loaded.view.apply(taking.changes);
    taking.answer.ifPresent(answer -> answers.put(answer.requestKey(), answer));
    participations.accept(request, taking.effect, taking.changes);
  }

  private static Answer replay(Request request, StoredAnswer earlier) {
    RequestKey key = request.key().orElseThrow();
    return earlier.fingerprint().equals(key.fingerprint())
        ? new Answer(AnswerBytes.read(earlier.answer()), true)
        : new Answer(new Refusal.KeyReused(), false);
  }

  private void write(Writes writes) throws SQLException {
    try (RoundTrip trip = trips.next()) {
      switch (locking) {
        case VERSION -> writeUnchanged(trip, writes, Fencing.NONE, Overtaken.byAChange());
        case FENCE ->
            writeUnchanged(trip, writes, Fencing.by(fence.token()), Overtaken.byAHolder());
        case WAIT, SKIP_HELD, SERIALIZABLE, GUARD, NONE -> {
          writes.addTo(trip);
          trip.send();
          writes.check(trip);
        }
      }
    } catch (SQLException e) {
      if (SqlFault.of(e) == SqlFault.KEY_EXISTS) {
        throw Overtaken.withALevel(e);
      }
      throw e;
    }
    participations.write();
  }

  private static void writeUnchanged(
      RoundTrip trip, Writes writes, Fencing fencing, Overtaken otherwise) throws SQLException {
    writes.addUnchangedTo(trip, fencing);
    trip.send();
    writes.checkUnchanged(trip, otherwise);
  }
}
