package io.holdfast.stock.transaction;

import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockFailure.Code;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.TransactionLimits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long a transaction may still last, as its node counts: from before it begins to the sending
/// of its COMMIT.
///
/// What is left is the most that the next statements may take. To say so is a statement more; as
/// long as next to nothing was spent, they keep the limit that they have.
final class Deadline {
  private static final int NEXT_TO_NOTHING_PART = 100;

  private final TransactionLimits limits;
  private final long startNanos = System.nanoTime();

  Deadline(TransactionLimits limits) {
    this.limits = limits;
  }

  /// What a statement may take from now on, where that is to be said anew.
  Optional<Duration> shortened() {
    check();
    Duration spent = spent();
    if (isNextToNothing(spent)) {
      return Optional.empty();
    }
    return Optional.of(
        TransactionLimits.shorter(limits.transaction().minus(spent), limits.statement()));
  }

  void check() {
    if (spent().compareTo(limits.transaction()) >= 0) {
      throw failure(null);
    }
  }

  /// A failure when it was for lack of time that the database ended a statement or the connection.
  /// It counts whole milliseconds, and may be a little early.
  void check(SQLException thrown) {
    Duration left = limits.transaction().minus(spent());
    if (isNextToNothing(left) && SqlFault.of(thrown).mayComeFromTime()) {
      throw failure(thrown);
    }
  }

  private boolean isNextToNothing(Duration part) {
    return part.multipliedBy(NEXT_TO_NOTHING_PART).compareTo(limits.transaction()) < 0;
  }

  private Duration spent() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private StockFailure failure(@Nullable SQLException cause) {
    return new StockFailure(
        Code.TRANSACTION_TIMEOUT, "it lasted for more than " + limits.transaction(), cause);
  }
}
