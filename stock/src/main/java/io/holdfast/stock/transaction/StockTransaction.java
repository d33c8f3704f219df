package io.holdfast.stock.transaction;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Decision;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.StoredAnswer;
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
import java.util.Set;
import java.util.UUID;

/// One attempt to decide some requests of one tenant in one transaction: lock, then read; decide
/// one after the other; write sets; commit once. Nobody is answered before the commit is.
///
/// Without participants and existing reservations this takes two round trips and the commit: begin,
/// lock, clock and keys in one; all writes in the other.
final class StockTransaction {
  private final Connection connection;
  private final TenantId tenant;
  private final List<Request> requests;
  private final List<Participant<?>> participants;
  private final Loaded loaded;
  private final Map<Request, Verdict> verdicts = new LinkedHashMap<>();
  private final Map<Request, HeldRow> held = new LinkedHashMap<>();
  private final List<Participation<?>> participations = new ArrayList<>();

  private String transactionId = "";
  private long locksHeldNanos;

  StockTransaction(
      Connection connection,
      List<Request> requests,
      List<Participant<?>> participants,
      Locking locking,
      Set<HeldRow> knownHeld) {
    this.connection = connection;
    this.tenant = requests.getFirst().call().tenant();
    this.requests = requests;
    this.participants = participants;
    this.loaded = new Loaded(tenant, requests, locking, knownHeld);
  }

  /// What is to be told to one caller.
  sealed interface Verdict {
    record Answered(Answer answer) implements Verdict {}

    record Failed(StockFailure failure) implements Verdict {}
  }

  /// @param verdicts of the requests that were decided, to be told once this is returned
  /// @param held the requests that could not be decided, with the row that somebody else holds
  /// @param locksHeldNanos when the last lock was taken, on the clock of `System.nanoTime`
  record Ended(Map<Request, Verdict> verdicts, Map<Request, HeldRow> held, long locksHeldNanos) {
    static final Ended NOTHING = new Ended(Map.of(), Map.of(), 0);
  }

  /// Thrown instead of the cause when the connection broke after COMMIT was sent.
  static final class CommitUnanswered extends Exception {
    private static final long serialVersionUID = 1L;
    final transient Evidence evidence;
    final String transactionId;
    final transient Ended ended;

    CommitUnanswered(SQLException cause, String transactionId, Evidence evidence, Ended ended) {
      super("COMMIT of " + transactionId + " was not answered", cause);
      this.transactionId = transactionId;
      this.evidence = evidence;
      this.ended = ended;
    }
  }

  /// Runs to the end; an exception other than [CommitUnanswered] means that nothing took effect.
  Ended run(Duration lockTimeout, Duration statementTimeout) throws SQLException, CommitUnanswered {
    connection.setAutoCommit(false);
    boolean ended = false;
    try {
      Instant now = load(lockTimeout, statementTimeout);
      locksHeldNanos = System.nanoTime();
      Writes writes = new Writes(tenant, now, loaded.chains);
      decide(now, writes);
      if (writes.isEmpty()) {
        connection.rollback();
      } else {
        write(writes);
        commit(writes);
      }
      ended = true;
      return outcome();
    } finally {
      if (!ended) {
        rollBackQuietly();
      }
    }
  }

  private Ended outcome() {
    return new Ended(verdicts, held, locksHeldNanos);
  }

  private Instant load(Duration lockTimeout, Duration statementTimeout) throws SQLException {
    RoundTrip trip = new RoundTrip(connection);
    try {
      Transactions.begin(trip, tenant, lockTimeout, statementTimeout);
      boolean beginPending = true;
      boolean reservations = loaded.addReservations(trip);
      if (reservations || takesPart(Participant.Place.BEFORE_STOCK)) {
        trip.send();
        transactionId = Transactions.id(trip);
        beginPending = false;
        if (reservations) {
          loaded.takeReservations(trip);
        }
        trip = next(trip);
        begin(Participant.Place.BEFORE_STOCK);
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
      if (levels) {
        loaded.takeLevels(trip);
      }
      if (late) {
        trip = next(trip);
        begin(Participant.Place.AFTER_STOCK);
        begin(Participant.Place.LAST);
        loaded.addLast(trip);
        trip.send();
      }
      return loaded.readLast(trip);
    } finally {
      trip.close();
    }
  }

  private RoundTrip next(RoundTrip trip) throws SQLException {
    trip.close();
    return new RoundTrip(connection);
  }

  private boolean takesPart(Participant.Place place) {
    return participants.stream().anyMatch(participant -> participant.place() == place);
  }

  private void begin(Participant.Place place) throws SQLException {
    participations.addAll(Participation.begin(participants, place, connection, tenant, requests));
  }

  private void decide(Instant now, Writes writes) {
    Map<UUID, StoredAnswer> answers = new HashMap<>(loaded.answers);
    for (Request request : requests) {
      Optional<HeldRow> heldRow = loaded.heldRowOf(request);
      if (heldRow.isPresent()) {
        held.put(request, heldRow.get());
      } else {
        verdicts.put(request, verdict(request, now, writes, answers));
      }
    }
  }

  /// A request that fails while it is decided fails alone: nothing of it was taken up yet.
  private Verdict verdict(
      Request request, Instant now, Writes writes, Map<UUID, StoredAnswer> answers) {
    try {
      return new Verdict.Answered(answer(request, now, writes, answers));
    } catch (StockFailure failure) {
      return new Verdict.Failed(failure);
    } catch (RuntimeException e) {
      return new Verdict.Failed(
          new StockFailure(StockFailure.Code.UNEXPECTED, "deciding failed", e));
    }
  }

  private Answer answer(
      Request request, Instant now, Writes writes, Map<UUID, StoredAnswer> answers) {
    Optional<StoredAnswer> earlier = request.key().map(key -> answers.get(key.id()));
    if (earlier.isPresent()) {
      return replay(request, earlier.get());
    }
    Decision decision = Decision.of(loaded.view, request.command(), request.newId(), now);
    if (!(decision.outcome() instanceof Outcome.Effect effect)) {
      return new Answer(decision.outcome(), false);
    }
    for (Participation<?> participation : participations) {
      Optional<Refusal.RefusedByParticipant> objection = participation.objection(request, effect);
      if (objection.isPresent()) {
        return new Answer(objection.get(), false);
      }
    }
    loaded.view.apply(decision.changes());
    Optional<StoredAnswer> answer = Writes.answerOf(request, effect);
    answer.ifPresent(stored -> answers.put(stored.requestKey(), stored));
    writes.add(request, decision.changes(), answer);
    participations.forEach(participation -> participation.accept(request, effect));
    return new Answer(effect, false);
  }

  private static Answer replay(Request request, StoredAnswer earlier) {
    RequestKey key = request.key().orElseThrow();
    return earlier.fingerprint().equals(key.fingerprint())
        ? new Answer(AnswerBytes.read(earlier.answer()), true)
        : new Answer(new Refusal.KeyReused(), false);
  }

  private void write(Writes writes) throws SQLException {
    try (RoundTrip trip = new RoundTrip(connection)) {
      writes.addTo(trip);
      trip.send();
      writes.check(trip);
    }
    for (Participation<?> participation : participations) {
      participation.write(connection);
    }
  }

  private void commit(Writes writes) throws SQLException, CommitUnanswered {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlFault.of(e) == SqlFault.CONNECTION_LOST) {
        throw new CommitUnanswered(e, transactionId, writes.evidence(), outcome());
      }
      throw e;
    }
  }

  /// The first failure is the one to be told; a connection that can't even roll back is broken, and
  /// the pool will find that out.
  private void rollBackQuietly() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      System.getLogger(StockTransaction.class.getName())
          .log(System.Logger.Level.DEBUG, "rollback failed after a failure", e);
    }
  }
}
