package io.holdfast.stock.store;

import java.time.Duration;

/// How long a transaction may wait for a row, for a statement and for its own node's next word, and
/// how long it may last.
public record TransactionLimits(
    Duration lock, Duration statement, Duration idle, Duration transaction) {
  private static final Duration MIN = Duration.ofMillis(1);

  /// No part may last longer than the whole.
  public TransactionLimits {
    statement = shorter(statement, transaction);
    idle = shorter(idle, transaction);
  }

  /// The shorter of two, and at least a millisecond: to the database, zero is no limit.
  public static Duration shorter(Duration one, Duration other) {
    Duration shorter = one.compareTo(other) < 0 ? one : other;
    return shorter.compareTo(MIN) < 0 ? MIN : shorter;
  }
}
