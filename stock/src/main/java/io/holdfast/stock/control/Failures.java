package io.holdfast.stock.control;

import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockFailure.Code;
import io.holdfast.stock.transaction.HeldRow;
import io.holdfast.stock.transaction.Undecided;

/// The ways in which a request ends without having been decided.
final class Failures {
  private Failures() {}

  static StockFailure laneFull(int capacity) {
    return new StockFailure(Code.LANE_FULL, capacity + " commands are waiting already");
  }

  static StockFailure overdue() {
    return new StockFailure(Code.PATIENCE_EXHAUSTED, "its turn did not come in time");
  }

  static StockFailure held(HeldRow row) {
    return new StockFailure(Code.LOCK_NOT_AVAILABLE, row + " is held by somebody else");
  }

  static StockFailure outrun() {
    return new StockFailure(
        Code.CONFLICT_PERSISTS, "others had the lock again before it was written");
  }

  /// What a transaction of this control never gives back.
  static StockFailure misplaced(Undecided why) {
    return unexpected(new IllegalStateException("given back for " + why));
  }

  static StockFailure held() {
    return new StockFailure(Code.LOCK_NOT_AVAILABLE, "a row is held by somebody else");
  }

  static StockFailure shuttingDown() {
    return new StockFailure(Code.SHUTTING_DOWN, "the engine is closing");
  }

  static StockFailure unexpected(Throwable cause) {
    return new StockFailure(Code.UNEXPECTED, "the transaction failed", cause);
  }
}
