package io.holdfast.stock.transaction;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Changes;
import io.holdfast.stock.decide.Decision;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.StoredAnswer;
import io.holdfast.stock.store.TransactionLimits;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One attempt to decide some requests of one tenant in one transaction: lock, then read; decide
/// one after the other; write sets; commit once. Nobody is answered before the commit is.
///
/// Without participants and existing reservations this takes two round trips and the commit: begin,
/// lock, clock and keys in one; all writes in the other.
final class StockTransaction {
  private final Connection connection;
  private final TenantId tenant;
  private final List<Participant<?>> participants;
  private final Locking locking;
  private final TransactionLimits limits;
  private final Deadline deadline;
  private final Loaded loaded;
  private final Map<Request, Verdict> verdicts = new LinkedHashMap<>();
  private final Map<Request, Undecided> undecided = new LinkedHashMap<>();
  private final List<Participation<?>> participations = new ArrayList<>();

  private String transactionId = "";

  StockTransaction(
      Connection connection,
      List<Request> requests,
      List<Participant<?>> participants,
      LockOptions locks,
      TransactionLimits limits) {
    this.connection = connection;
    this.tenant = requests.getFirst().call().tenant();
    this.participants = participants;
    this.locking = locks.locking();
    this.limits = limits;
    this.deadline = new Deadline(limits);
    this.loaded = new Loaded(tenant, requests, locks);
  }

  /// What is to be told to one caller.
  sealed interface Verdict {
    record Answered(Answer answer) implements Verdict {}

    record Failed(StockFailure failure) implements Verdict {}
  }

  /// @param verdicts of the requests that were decided, to be told once this is returned
  /// @param undecided the requests that have to come again, with what was in the way
  /// @param locksHeldNanos when the last lock was taken, on the clock of `System.nanoTime`
  record Ended(
      Map<Request, Verdict> verdicts, Map<Request, Undecided> undecided, long locksHeldNanos) {
    static final Ended NOTHING = new Ended(Map.of(), Map.of(), 0);
  }

  /// Thrown instead of the cause when COMMIT was sent and the database gave no answer to it.
  static final class CommitUnanswered extends Exception {
    private static final long serialVersionUID = 1L;
    final transient Evidence evidence;
    final String transactionId;
    final transient Ended ended;

    CommitUnanswered(Exception cause, String transactionId, Evidence evidence, Ended ended) {
      super("COMMIT of " + transactionId + " was not answered", cause);
      this.transactionId = transactionId;
      this.evidence = evidence;
      this.ended = ended;
    }
  }

  /// Runs to the end; an exception other than [CommitUnanswered] means that nothing took effect,
  /// and a return that everything did. The last thing it does is to commit. What it leaves open,
  /// because it failed or has nothing to write, is rolled back by whoever lent the connection.
  Ended run() throws SQLException, CommitUnanswered {
    try {
      return runInTime();
    } catch (SQLException e) {
      deadline.check(e);
      throw e;
    }
  }

  private Ended runInTime() throws SQLException, CommitUnanswered {
    Instant now = load();
    long locksHeldNanos = System.nanoTime();
    Writes writes = new Writes(tenant, now, loaded.chains, loaded::tallyVersion);
    decide(now, writes);
    Ended ended = new Ended(verdicts, undecided, locksHeldNanos);
    if (!writes.isEmpty()) {
      write(writes);
      deadline.check();
      commit(writes.evidence(), ended);
    }
    return ended;
  }

  private Instant load() throws SQLException {
    RoundTrip trip = new RoundTrip(connection);
    try {
      Transactions.begin(trip, tenant, limits, locking);
      boolean beginPending = true;
      boolean reservations = loaded.addReservations(trip);
      if (reservations || takesPart(Participant.Place.BEFORE_STOCK)) {
        trip.send();
        transactionId = Transactions.id(trip);
        beginPending = false;
        if (reservations) {
          loaded.takeReservations(trip);
        }
        trip.close();
        begin(Participant.Place.BEFORE_STOCK);
        trip = nextTrip();
      }
      boolean tallies = loaded.addTallies(trip);
      if (loaded.needsTrial()) {
        loaded.addTrial(trip);
        trip.send();
        if (beginPending) {
          transactionId = Transactions.id(trip);
          beginPending = false;
        }
        if (tallies) {
          loaded.takeTallies(trip);
          tallies = false;
        }
        loaded.takeTrial(trip);
        trip.close();
        trip = nextTrip();
      }
      boolean levels = loaded.addLevels(trip);
      boolean late = takesPart(Participant.Place.AFTER_STOCK) || takesPart(Participant.Place.LAST);
      if (!late) {
        loaded.addLast(trip);
      }
      trip.send();
      if (beginPending) {
        transactionId = Transactions.id(trip);
      }
      if (tallies) {
        loaded.takeTallies(trip);
      }
      if (levels) {
        loaded.takeLevels(trip);
      }
      if (late) {
        trip.close();
        begin(Participant.Place.AFTER_STOCK);
        begin(Participant.Place.LAST);
        trip = nextTrip();
        loaded.addLast(trip);
        trip.send();
      }
      return loaded.readLast(trip);
    } finally {
      trip.close();
    }
  }

  /// For statements that come when some of the time is spent.
  private RoundTrip nextTrip() {
    RoundTrip trip = new RoundTrip(connection);
    deadline.shortened().ifPresent(left -> Transactions.limit(trip, left));
    return trip;
  }

  /// The same for statements that a participant sends.
  private void limitOthers() throws SQLException {
    Optional<Duration> left = deadline.shortened();
    if (left.isPresent()) {
      try (RoundTrip trip = new RoundTrip(connection)) {
        Transactions.limit(trip, left.get());
        trip.send();
      }
    }
  }

  private boolean takesPart(Participant.Place place) {
    return participants.stream().anyMatch(participant -> participant.place() == place);
  }

  private void begin(Participant.Place place) throws SQLException {
    if (takesPart(place)) {
      limitOthers();
    }
    participations.addAll(
        Participation.begin(participants, place, connection, tenant, loaded.requests()));
  }

  private void decide(Instant now, Writes writes) {
    Map<UUID, StoredAnswer> answers = new HashMap<>(loaded.answers);
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
          : decided(request, Decision.of(loaded.view, request.command(), request.newIds(), now));
    } catch (Overtaken overtaken) {
      throw overtaken;
    } catch (StockFailure failure) {
      return Conclusion.of(failure);
    } catch (RuntimeException e) {
      return Conclusion.of(new StockFailure(StockFailure.Code.UNEXPECTED, "deciding failed", e));
    }
  }

  private Conclusion decided(Request request, Decision decision) {
    loaded.guards().hold(decision, loaded.view);
    if (!(decision.outcome() instanceof Outcome.Effect effect)) {
      return Conclusion.of(new Answer(decision.outcome(), false));
    }
    for (Participation<?> participation : participations) {
      Optional<Refusal.RefusedByParticipant> objection = participation.objection(request, effect);
      if (objection.isPresent()) {
        return Conclusion.of(new Answer(objection.get(), false));
      }
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
    participations.forEach(participation -> participation.accept(request, taking.effect));
  }

  private static Answer replay(Request request, StoredAnswer earlier) {
    RequestKey key = request.key().orElseThrow();
    return earlier.fingerprint().equals(key.fingerprint())
        ? new Answer(AnswerBytes.read(earlier.answer()), true)
        : new Answer(new Refusal.KeyReused(), false);
  }

  private void write(Writes writes) throws SQLException {
    try (RoundTrip trip = nextTrip()) {
      if (locking == Locking.VERSION) {
        writes.addUnchangedTo(trip);
        trip.send();
        writes.checkUnchanged(trip);
      } else {
        writes.addTo(trip);
        trip.send();
        writes.check(trip);
      }
    } catch (SQLException e) {
      if (SqlFault.of(e) == SqlFault.KEY_EXISTS) {
        throw Overtaken.withALevel(e);
      }
      throw e;
    }
    for (Participation<?> participation : participations) {
      limitOthers();
      participation.write(connection);
    }
  }

  /// Only the database's own no means that the transaction did not commit. Whatever else comes
  /// instead of an answer says nothing about it.
  private void commit(Evidence evidence, Ended ended) throws SQLException, CommitUnanswered {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlFault.isRefusal(e)) {
        throw e;
      }
      throw new CommitUnanswered(e, transactionId, evidence, ended);
    } catch (RuntimeException e) {
      throw new CommitUnanswered(e, transactionId, evidence, ended);
    }
  }
}
