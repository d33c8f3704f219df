package io.holdfast.stock.transaction;

import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineObserver.Retry;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Participant;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.transaction.StockTransaction.CommitUnanswered;
import io.holdfast.stock.transaction.StockTransaction.Ended;
import io.holdfast.stock.transaction.StockTransaction.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
/// - Another transaction was first with a key, or the database chose us to end a deadlock: again,
///   whole.
/// - The connection broke before COMMIT was sent: nothing happened, again.
/// - It broke afterwards: first find out what became of it; nobody is answered before that is
///   known.
/// - Anything else, in a batch: each half on its own, so that one bad command harms no other.
public final class Decider {
  private static final int MAX_CONFLICTS = 10;
  private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final DataSource database;
  private final List<Participant<?>> participants;
  private final EngineObserver observer;
  private final Duration statementTimeout;
  private final CommitFate commitFate;

  public Decider(DataSource database, EngineSettings settings) {
    this.database = database;
    this.participants = settings.participants();
    this.observer = settings.observer();
    this.statementTimeout = settings.statementTimeout();
    this.commitFate = new CommitFate(database, settings.resolveTimeout());
  }

  /// Decides `requests`, which are of one tenant, and answers those that it can.
  ///
  /// @return the requests that need a row which somebody else held for longer than `lockTimeout`
  public Map<Request, HeldRow> decide(
      List<Request> requests, Locking locking, Duration lockTimeout) {
    Locking nextLocking = locking;
    for (int attempt = 1; ; attempt++) {
      try {
        Ended ended = attempt(requests, nextLocking, lockTimeout);
        answer(ended.verdicts());
        return ended.held();
      } catch (KeyTaken taken) {
        observer.retried(Retry.KEY_TAKEN);
        if (attempt > MAX_CONFLICTS) {
          return failOrHalve(requests, nextLocking, lockTimeout, persisting(taken));
        }
      } catch (SQLException e) {
        SqlFault fault = SqlFault.of(e);
        switch (fault) {
          case ROW_HELD -> {
            observer.retried(Retry.ROW_HELD);
            if (nextLocking != Locking.WAIT || attempt > MAX_CONFLICTS) {
              return failOrHalve(requests, nextLocking, lockTimeout, fault.failure(e));
            }
            nextLocking = Locking.SKIP_HELD;
          }
          case CONFLICT -> {
            observer.retried(Retry.CONFLICT);
            if (attempt > MAX_CONFLICTS) {
              return failOrHalve(requests, nextLocking, lockTimeout, fault.failure(e));
            }
            pause(attempt);
          }
          case CONNECTION_LOST, POOL_EXHAUSTED -> {
            observer.retried(Retry.CONNECTION_LOST);
            if (anyOverdue(requests)) {
              requests.forEach(request -> fail(request, fault.failure(e)));
              return Map.of();
            }
            pause(attempt);
          }
          case STATEMENT_TIMEOUT, DISK_FULL, BAD_DATA, OTHER -> {
            return failOrHalve(requests, nextLocking, lockTimeout, fault.failure(e));
          }
        }
      } catch (StockFailure failure) {
        return failOrHalve(requests, nextLocking, lockTimeout, failure);
      } catch (RuntimeException e) {
        return failOrHalve(
            requests,
            nextLocking,
            lockTimeout,
            new StockFailure(StockFailure.Code.UNEXPECTED, "the transaction failed", e));
      }
    }
  }

  private Ended attempt(List<Request> requests, Locking locking, Duration lockTimeout)
      throws SQLException {
    long start = System.nanoTime();
    try (Connection connection = database.getConnection()) {
      StockTransaction transaction =
          new StockTransaction(connection, requests, participants, locking);
      Ended ended = transaction.run(lockTimeout, statementTimeout);
      long end = System.nanoTime();
      observer.transactionEnded(
          requests.size(),
          start - requests.getFirst().submittedNanos(),
          ended.locksHeldNanos() - start,
          end - start);
      return ended;
    } catch (CommitUnanswered unanswered) {
      return resolve(requests, unanswered);
    }
  }

  private Ended resolve(List<Request> requests, CommitUnanswered unanswered) throws SQLException {
    boolean committed =
        commitFate.committed(
            requests.getFirst().call().tenant(), unanswered.transactionId, unanswered.evidence);
    if (committed) {
      return unanswered.ended;
    }
    throw new SQLException("the connection was lost at COMMIT", "08006", unanswered);
  }

  /// The end of the way for one request; for several, each half goes on alone.
  private Map<Request, HeldRow> failOrHalve(
      List<Request> requests, Locking locking, Duration lockTimeout, StockFailure failure) {
    if (requests.size() == 1 || failure.code() == StockFailure.Code.OUTCOME_UNKNOWN) {
      requests.forEach(request -> fail(request, failure));
      return Map.of();
    }
    observer.retried(Retry.BISECTED);
    int middle = requests.size() / 2;
    Map<Request, HeldRow> held = new LinkedHashMap<>();
    held.putAll(decide(requests.subList(0, middle), locking, lockTimeout));
    held.putAll(decide(requests.subList(middle, requests.size()), locking, lockTimeout));
    return held;
  }

  private void answer(Map<Request, Verdict> verdicts) {
    verdicts.forEach(
        (request, verdict) -> {
          switch (verdict) {
            case Verdict.Answered answered -> {
              observer.answered(
                  request.command().getClass().getSimpleName(),
                  answered.answer().outcome().getClass().getSimpleName(),
                  answered.answer().replayed(),
                  System.nanoTime() - request.submittedNanos());
              request.answer().complete(answered.answer());
            }
            case Verdict.Failed failed -> fail(request, failed.failure());
          }
        });
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

  private static StockFailure persisting(KeyTaken taken) {
    return new StockFailure(
        StockFailure.Code.CONFLICT_PERSISTS, "keys were taken again and again", taken);
  }

  private static boolean anyOverdue(List<Request> requests) {
    long now = System.nanoTime();
    return requests.stream().anyMatch(request -> request.isOverdue(now));
  }

  /// Exponential, with full jitter, so that those who met once do not meet again.
  private static void pause(int attempt) {
    long limit =
        Math.min(MAX_PAUSE_NANOS, TimeUnit.MILLISECONDS.toNanos(1L << Math.min(attempt, 6)));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(limit) + 1);
  }
}
