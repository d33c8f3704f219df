package io.holdfast.server.problem;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.stock.StockFailure;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Which problem an exception is. What nobody foresaw is logged here and told as nothing but that.
public final class ExceptionProblems {
  private static final Logger LOG = Logger.getLogger(ExceptionProblems.class);

  private static final OutageLog OUTAGES = new OutageLog(LOG, System::nanoTime);

  private ExceptionProblems() {}

  public static Problem of(Throwable thrown) {
    return switch (thrown) {
      case ProblemException e -> e.problem();
      case InvalidMember e -> Problem.invalid(e);
      case StockFailure e -> of(e);
      case SecurityException _ ->
          Problem.of(ProblemCode.UNAUTHORIZED, "the key is not known, or it was revoked");
      case IOException _ ->
          Problem.of(ProblemCode.INVALID_REQUEST, "the body could not be read to its end");
      case WebApplicationException e -> ofStatus(e.getResponse().getStatus(), e);
      case TimeoutException _ ->
          Problem.of(
              ProblemCode.OUTCOME_UNKNOWN,
              "the database does not answer; repeat with the same Idempotency-Key");
      case CompletionException e when e.getCause() != null -> of(e.getCause());
      default -> databaseProblem(thrown);
    };
  }

  static Problem ofStatus(int status, Throwable thrown) {
    ProblemCode code = ProblemCode.ofStatus(status);
    if (code == ProblemCode.INTERNAL_ERROR) {
      LOG.errorf(thrown, "The request %s failed", RequestOrigin.named());
    }
    return Problem.of(code, code.title());
  }

  private static Problem of(StockFailure failure) {
    switch (failure.category()) {
      case INTERNAL ->
          LOG.errorf(failure, "The engine failed in the request %s", RequestOrigin.named());
      case DEPENDENCY -> OUTAGES.tell(failure.code().name(), failure);
      case BUSY -> {}
    }
    return FailureProblems.of(failure);
  }

  private static Problem databaseProblem(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLTransientException e) {
        OUTAGES.tell("no connection", e);
        return Problem.of(ProblemCode.BUSY, "no connection to the database was free in time");
      }
      if (t instanceof SQLException e && isConnectionLost(e)) {
        OUTAGES.tell("connection lost", e);
        return Problem.of(ProblemCode.DATABASE_UNAVAILABLE, "the connection was lost");
      }
    }
    return ofStatus(500, thrown);
  }

  /// Class 08 is a broken connection, 57P a server that is stopping or starting.
  private static boolean isConnectionLost(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }
}
