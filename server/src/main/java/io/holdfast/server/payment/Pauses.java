package io.holdfast.server.payment;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// How long until a payment is gone on with. Longer each time, and never two nodes in step.
final class Pauses {
  private static final long MAX_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final int MAX_DOUBLINGS = 10;

  private final RandomGenerator randomness;

  Pauses(RandomGenerator randomness) {
    this.randomness = randomness;
  }

  /// When an answer was lost.
  long afterLost(int attempts) {
    return doubled(TimeUnit.SECONDS.toMillis(1), attempts);
  }

  /// While a buyer has still something to do.
  long whilePending(int attempts) {
    return doubled(TimeUnit.SECONDS.toMillis(5), attempts);
  }

  private long doubled(long millis, int attempts) {
    long most = Math.min(MAX_MILLIS, millis << Math.min(attempts, MAX_DOUBLINGS));
    return most / 2 + randomness.nextLong(most / 2 + 1);
  }
}
