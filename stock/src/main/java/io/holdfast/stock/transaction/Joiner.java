package io.holdfast.stock.transaction;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.EngineObserver.Retry;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockJoiner;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.TransactionLimits;
import io.holdfast.stock.transaction.CallersSavepoint.WrongIsolation;
import io.holdfast.stock.transaction.StockTransaction.Ended;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// Decides one command at a time in transactions of others, with row locks. What another
/// transaction was first with is done again, and so is what was ended in a deadlock: what waited
/// for us has gone on, unless it waits for a lock that the caller had before.
public final class Joiner implements StockJoiner {
  private final EngineSettings settings;
  private final ReservationIds ids = new ReservationIds(InstantSource.system(), new SecureRandom());

  public Joiner(EngineSettings settings) {
    this.settings = settings;
  }

  @Override
  public Answer decide(Connection transaction, Command command, Call call) {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(call, "call");
    Request request = new Request(command, call, ids::next, System.nanoTime(), false);
    try {
      Answer answer = decide(transaction, request);
      tell(request, answer.outcome().getClass().getSimpleName(), answer.replayed());
      return answer;
    } catch (StockFailure failure) {
      tell(request, failure.code().name(), false);
      throw failure;
    }
  }

  private void tell(Request request, String outcome, boolean replayed) {
    long nanos = System.nanoTime() - request.submittedNanos();
    String command = request.command().getClass().getSimpleName();
    settings.observer().answered(command, outcome, replayed, nanos);
  }

  private Answer decide(Connection transaction, Request request) {
    try {
      if (transaction.getAutoCommit()) {
        throw new IllegalArgumentException("transaction is none: its connection commits by itself");
      }
      try (CallersSavepoint savepoint =
          new CallersSavepoint(transaction, request.call().tenant(), limits(request.call()))) {
        return decide(transaction, savepoint, request);
      }
    } catch (SQLException e) {
      throw SqlFault.of(e).failure(e);
    }
  }

  private TransactionLimits limits(Call call) {
    Duration whole = TransactionLimits.shorter(settings.transactionTimeout(), call.patience());
    return new TransactionLimits(
        settings.lockTimeout(), settings.statementTimeout(), settings.idleTimeout(), whole);
  }

  private Answer decide(Connection transaction, CallersSavepoint savepoint, Request request)
      throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(transaction, savepoint, request);
      } catch (Overtaken overtaken) {
        settings.observer().retried(overtaken.why());
        if (attempt > settings.maxRetries()) {
          throw overtaken.persisting();
        }
        savepoint.goBack();
      } catch (SQLException e) {
        goBackOrGiveUp(savepoint, e, attempt);
      } catch (StockFailure | WrongIsolation e) {
        throw e;
      } catch (RuntimeException e) {
        throw new StockFailure(StockFailure.Code.UNEXPECTED, "the command failed", e);
      }
    }
  }

  private void goBackOrGiveUp(CallersSavepoint savepoint, SQLException thrown, int attempt)
      throws SQLException {
    SqlFault fault = SqlFault.of(thrown);
    if (fault == SqlFault.CONFLICT) {
      // There are none under READ COMMITTED.
      savepoint.goBack();
      savepoint.checkIsolation();
    }
    if (fault != SqlFault.DEADLOCK || attempt > settings.maxRetries()) {
      throw thrown;
    }
    settings.observer().retried(Retry.DEADLOCK);
    savepoint.goBack();
  }

  private Answer attempt(Connection transaction, CallersSavepoint savepoint, Request request)
      throws SQLException {
    LockOptions locks = LockOptions.of(Locking.WAIT, settings.lockTimeout());
    Ended ended =
        new StockTransaction(
                transaction,
                List.of(request),
                settings.participants(),
                locks,
                KeyLookup.BEFORE,
                savepoint)
            .run(Followers.NONE);
    return switch (Objects.requireNonNull(ended.verdicts().get(request))) {
      case Verdict.Answered(Answer(Refusal refusal, _)) ->
          new Answer(Explainer.explain(transaction, request.call().tenant(), refusal), false);
      case Verdict.Answered(Answer answer) -> {
        if (ended.evidence().isPresent()) {
          savepoint.keep();
        }
        yield answer;
      }
      case Verdict.Failed(StockFailure failure) -> throw failure;
    };
  }
}
