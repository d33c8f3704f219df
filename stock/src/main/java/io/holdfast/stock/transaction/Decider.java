package io.holdfast.stock.transaction;

import io.holdfast.stock.Answer;
import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineObserver.Retry;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Borrowed;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.TransactionLimits;
import io.holdfast.stock.transaction.OwnTransaction.CommitUnanswered;
import io.holdfast.stock.transaction.StockTransaction.Ended;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/// Brings requests of one tenant to their answers: one transaction if all goes well, and what it
/// takes otherwise. Every way on is bounded, by attempts or by the callers' patience.
/// - A row that somebody outside holds: the others go on, those that need it are given back.
/// - A key that was taken for new is there already: again, whole, and all keys are looked up first.
/// - Another transaction was first with a key or at a new level, or the database chose us to end a
///   deadlock: again, whole.
/// - The connection broke before COMMIT was sent: nothing happened, again.
/// - It broke afterwards: first find out what became of it; nobody is answered before that is
///   known.
/// - A batch would load more levels than it may: those who fit go on, the others are given back.
/// - Anything else, in a batch: each half on its own, so that one bad command harms no other.
public final class Decider {
  private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final DataSource database;
  private final List<Participant<?>> participants;
  private final EngineObserver observer;
  private final Duration statementTimeout;
  private final Duration idleTimeout;
  private final Duration transactionTimeout;
  private final int maxRetries;
  private final Repeats repeats = new Repeats();
  private final CommitFate commitFate;
  private final Explainer explainer;

  public Decider(DataSource database, EngineSettings settings, Explainer explainer) {
    this.database = database;
    this.participants = settings.participants();
    this.observer = settings.observer();
    this.statementTimeout = settings.statementTimeout();
    this.idleTimeout = settings.idleTimeout();
    this.transactionTimeout = settings.transactionTimeout();
    this.maxRetries = settings.maxRetries();
    this.commitFate =
        new CommitFate(database, settings.resolveTimeout(), settings.statementTimeout());
    this.explainer = explainer;
  }

  /// Decides `requests`, which are of one tenant, and answers those that it can.
  ///
  /// @return the requests that have to come again, with what was in the way
  public Map<Request, Undecided> decide(List<Request> requests, LockOptions locks) {
    return decide(requests, locks, Followers.NONE);
  }

  /// The same, for those who have others wait for the rows.
  public Map<Request, Undecided> decide(
      List<Request> requests, LockOptions locks, Followers followers) {
    List<Request> undecided = new ArrayList<>(requests);
    LockOptions nextLocks = locks;
    for (int attempt = 1; !undecided.isEmpty(); attempt++) {
      Ended ended;
      try {
        ended = attempt(undecided, nextLocks, followers);
      } catch (LevelBound.Exceeded exceeded) {
        return decideSome(exceeded.fitting, undecided, nextLocks, followers);
      } catch (Overtaken overtaken) {
        observer.retried(overtaken.why());
        if (attempt > maxRetries) {
          return failOrHalve(undecided, nextLocks, followers, overtaken.persisting());
        }
        if (overtaken.why() == Retry.CHANGED) {
          pause(attempt);
        }
        continue;
      } catch (SQLException e) {
        SqlFault fault = SqlFault.of(e);
        switch (fault) {
          case ROW_HELD -> {
            observer.retried(Retry.ROW_HELD);
            if (!nextLocks.locking().waitsOnReading()) {
              return failOrHalve(undecided, nextLocks, followers, fault.failure(e));
            }
            nextLocks = nextLocks.skippingHeld();
          }
          case CONFLICT, DEADLOCK -> {
            observer.retried(fault == SqlFault.DEADLOCK ? Retry.DEADLOCK : Retry.CONFLICT);
            if (attempt > maxRetries) {
              return failOrHalve(undecided, nextLocks, followers, fault.failure(e));
            }
            pause(attempt);
          }
          case CONNECTION_LOST, POOL_EXHAUSTED -> {
            observer.retried(Retry.CONNECTION_LOST);
            failOverdue(undecided, fault.failure(e));
            pause(attempt);
          }
          case READ_ONLY -> {
            return failAll(undecided, fault.failure(e));
          }
          case STATEMENT_TIMEOUT,
              TRANSACTION_TIMEOUT,
              DISK_FULL,
              OVERLOADED,
              FILES_FAIL,
              KEY_EXISTS,
              BAD_DATA,
              OTHER -> {
            return failOrHalve(undecided, nextLocks, followers, fault.failure(e));
          }
        }
        continue;
      } catch (StockFailure failure) {
        return failOrHalve(undecided, nextLocks, followers, failure);
      } catch (RuntimeException e) {
        StockFailure failure =
            new StockFailure(StockFailure.Code.UNEXPECTED, "the transaction failed", e);
        return failOrHalve(undecided, nextLocks, followers, failure);
      }
      tell(ended, followers);
      return ended.undecided();
    }
    return Map.of();
  }

  /// What was to be committed is: from here on callers are told so, whatever happens.
  private void tell(Ended ended, Followers followers) {
    try {
      followers.over(ended.verdicts().keySet());
    } finally {
      answer(ended.verdicts());
    }
  }

  /// A key that was taken for new and is not makes no attempt of its own: looking for keys first,
  /// as may be done at once, it would have been found.
  private Ended attempt(List<Request> requests, LockOptions locks, Followers followers)
      throws SQLException {
    // Where rows are waited for only on writing, one who needs none has to be known before.
    KeyLookup keyLookup = locks.locking().waitsOnWriting() ? KeyLookup.BEFORE : repeats.lookup();
    try {
      return attempt(requests, locks, keyLookup, followers);
    } catch (Overtaken overtaken) {
      if (keyLookup == KeyLookup.BEFORE || overtaken.why() != Retry.KEY_TAKEN) {
        throw overtaken;
      }
      observer.retried(Retry.KEY_TAKEN);
      repeats.undone();
      return attempt(requests, locks, KeyLookup.BEFORE, followers);
    }
  }

  private Ended attempt(
      List<Request> requests, LockOptions locks, KeyLookup keyLookup, Followers followers)
      throws SQLException {
    // Nobody outside has a worker to stop, and a pool would take it for a reason to give nothing.
    var _ = Thread.interrupted();
    try (Borrowed borrowed = Borrowed.from(database)) {
      long start = System.nanoTime();
      failOverdue(requests, noConnection());
      if (requests.isEmpty()) {
        return Ended.NOTHING;
      }
      TransactionLimits limits = limits(locks.timeout());
      OwnTransaction transaction =
          new OwnTransaction(borrowed.connection(), tenantOf(requests), limits, locks.locking());
      Ended ended =
          new StockTransaction(
                  borrowed.connection(), requests, participants, locks, keyLookup, transaction)
              .run(joining(requests, followers));
      if (ended.evidence().isPresent()) {
        transaction.commit(ended.evidence().get(), ended);
      }
      long end = System.nanoTime();
      repeats.count(ended.verdicts());
      long fenceWait = locks.fence().waitNanos();
      observer.transactionEnded(
          ended.verdicts().size(),
          start - requests.getFirst().submittedNanos() - fenceWait,
          ended.locksHeldNanos() - start + fenceWait,
          end - start);
      return ended;
    } catch (CommitUnanswered unanswered) {
      return resolve(requests, unanswered);
    }
  }

  /// Who joins is one of `requests` from then on, whatever becomes of the attempt.
  private static Latecomers joining(List<Request> requests, Followers followers) {
    return fits -> {
      List<Request> joined = followers.join(fits);
      requests.addAll(joined);
      return joined;
    };
  }

  private Ended resolve(List<Request> requests, CommitUnanswered unanswered) throws SQLException {
    boolean committed =
        commitFate.committed(tenantOf(requests), unanswered.transactionId, unanswered.evidence);
    if (committed) {
      return unanswered.ended;
    }
    throw new SQLException("the connection was lost at COMMIT", "08006", unanswered);
  }

  /// The others keep their order in the next batch.
  private Map<Request, Undecided> decideSome(
      List<Request> some, List<Request> requests, LockOptions locks, Followers followers) {
    observer.retried(Retry.BATCH_CUT);
    List<Request> others = new ArrayList<>(requests);
    others.removeAll(new HashSet<>(some));
    Map<Request, Undecided> undecided = new LinkedHashMap<>(decide(some, locks, followers));
    others.forEach(request -> undecided.put(request, new Undecided.BatchFull()));
    return undecided;
  }

  /// The end of the way for one request; for several, each half goes on alone.
  private Map<Request, Undecided> failOrHalve(
      List<Request> requests, LockOptions locks, Followers followers, StockFailure failure) {
    if (requests.size() == 1 || failure.code() == StockFailure.Code.OUTCOME_UNKNOWN) {
      return failAll(requests, failure);
    }
    observer.retried(Retry.BISECTED);
    int middle = requests.size() / 2;
    Map<Request, Undecided> undecided = new LinkedHashMap<>();
    undecided.putAll(decide(requests.subList(0, middle), locks, followers));
    undecided.putAll(decide(requests.subList(middle, requests.size()), locks, followers));
    return undecided;
  }

  private Map<Request, Undecided> failAll(List<Request> requests, StockFailure failure) {
    requests.forEach(request -> fail(request, failure));
    return Map.of();
  }

  private TransactionLimits limits(Duration lockTimeout) {
    return new TransactionLimits(lockTimeout, statementTimeout, idleTimeout, transactionTimeout);
  }

  /// Tells those whose patience is over, and takes them out of `requests`.
  private void failOverdue(List<Request> requests, StockFailure failure) {
    long now = System.nanoTime();
    List<Request> overdue = requests.stream().filter(request -> request.isOverdue(now)).toList();
    requests.removeAll(overdue);
    overdue.forEach(request -> fail(request, failure));
  }

  /// Those who are refused for lack of stock come last: to say more to them takes another look.
  private void answer(Map<Request, Verdict> verdicts) {
    Map<Request, Refusal> lacking = new LinkedHashMap<>();
    verdicts.forEach(
        (request, verdict) -> {
          switch (verdict) {
            case Verdict.Answered(Answer(Refusal refusal, _))
                when Explainer.lackOf(refusal).isPresent() ->
                lacking.put(request, refusal);
            case Verdict.Answered(Answer answer) -> answer(request, answer);
            case Verdict.Failed(StockFailure failure) -> fail(request, failure);
          }
        });
    if (!lacking.isEmpty()) {
      TenantId tenant = lacking.keySet().iterator().next().call().tenant();
      explainer.explain(
          tenant,
          List.copyOf(lacking.values()),
          explained -> {
            Iterator<Refusal> next = explained.iterator();
            lacking.keySet().forEach(request -> answer(request, new Answer(next.next(), false)));
          });
    }
  }

  private void answer(Request request, Answer answer) {
    observer.answered(
        request.command().getClass().getSimpleName(),
        answer.outcome().getClass().getSimpleName(),
        answer.replayed(),
        System.nanoTime() - request.submittedNanos());
    request.answer().complete(answer);
  }

  /// Tells a caller that its request was not decided.
  public void fail(Request request, StockFailure failure) {
    observer.answered(
        request.command().getClass().getSimpleName(),
        failure.code().name(),
        false,
        System.nanoTime() - request.submittedNanos());
    request.fail(failure);
  }

  private static StockFailure noConnection() {
    return new StockFailure(
        StockFailure.Code.PATIENCE_EXHAUSTED, "there was no connection to be had in time");
  }

  private static TenantId tenantOf(List<Request> requests) {
    return requests.getFirst().call().tenant();
  }

  /// Exponential, with full jitter, so that those who met once do not meet again.
  private static void pause(int attempt) {
    long limit =
        Math.min(MAX_PAUSE_NANOS, TimeUnit.MILLISECONDS.toNanos(1L << Math.min(attempt, 6)));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(limit) + 1);
  }
}
