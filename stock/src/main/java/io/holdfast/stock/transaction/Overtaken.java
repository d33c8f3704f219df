package io.holdfast.stock.transaction;

import io.holdfast.stock.EngineObserver.Retry;
import io.holdfast.stock.StockFailure;
import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Another transaction was first, at a row that was not locked or not there to be locked: decide
/// again, and find what it wrote.
final class Overtaken extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Retry why;

  private Overtaken(Retry why, String message, @Nullable SQLException cause) {
    super(message, cause, false, false);
    this.why = why;
  }

  static Overtaken withAKey() {
    return new Overtaken(
        Retry.KEY_TAKEN, "another transaction was first with an idempotency key", null);
  }

  static Overtaken withALevel(SQLException cause) {
    return new Overtaken(
        Retry.LEVEL_TAKEN, "another transaction was first to receive an item somewhere", cause);
  }

  static Overtaken withALocation() {
    return new Overtaken(
        Retry.LEVEL_TAKEN,
        "an item was brought to another location while its rows were held",
        null);
  }

  static Overtaken byAChange() {
    return new Overtaken(Retry.CHANGED, "what was read had changed before it was written", null);
  }

  static Overtaken byAHolder() {
    return new Overtaken(
        Retry.FENCED, "somebody had the lock after us, and has written before us", null);
  }

  Retry why() {
    return why;
  }

  /// What is told when it happened too often.
  StockFailure persisting() {
    return new StockFailure(
        StockFailure.Code.CONFLICT_PERSISTS, "others were first again and again", this);
  }
}
