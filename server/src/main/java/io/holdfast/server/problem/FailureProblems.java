package io.holdfast.server.problem;

import io.holdfast.stock.StockFailure;

/// What each failure of the engine looks like over HTTP. Nothing of its cause is told.
public final class FailureProblems {
  private FailureProblems() {}

  public static Problem of(StockFailure failure) {
    return switch (failure.code()) {
      case LANE_FULL, POOL_EXHAUSTED, CONFLICT_PERSISTS, DATABASE_OVERLOADED ->
          Problem.of(ProblemCode.BUSY, "more is asked than can be decided; nothing took effect");
      case PATIENCE_EXHAUSTED, STATEMENT_TIMEOUT, TRANSACTION_TIMEOUT ->
          Problem.of(ProblemCode.BUSY, "it was not decided in time; nothing took effect");
      case LOCK_NOT_AVAILABLE ->
          Problem.of(ProblemCode.BUSY, "somebody else holds the stock; nothing took effect");
      case MUTEX_UNAVAILABLE ->
          Problem.of(ProblemCode.BUSY, "the server of the locks is away; nothing took effect");
      case SHUTTING_DOWN ->
          Problem.of(ProblemCode.BUSY, "this node is stopping; nothing took effect");
      case DATABASE_UNAVAILABLE ->
          Problem.of(ProblemCode.DATABASE_UNAVAILABLE, "nothing took effect");
      case DISK_FULL ->
          Problem.of(
              ProblemCode.DATABASE_UNAVAILABLE, "the database has no space; nothing took effect");
      case OUTCOME_UNKNOWN ->
          Problem.of(
              ProblemCode.OUTCOME_UNKNOWN,
              "the connection was lost at the end; repeat with the same Idempotency-Key");
      case INVARIANT_VIOLATED, UNEXPECTED ->
          Problem.of(ProblemCode.INTERNAL_ERROR, "nothing took effect; the log tells more");
    };
  }
}
