package io.holdfast.server.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long is waited after an attempt has failed: twice as long as the time before, up to an hour,
/// and a fifth more or less so that not all come back at once.
final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long MAX_MILLIS = 3_600_000;
  private static final int MAX_DOUBLINGS = 12;
  private static final double JITTER = 0.2;

  private Backoff() {}

  /// @param attempts that have failed
  /// @param asked how long the receiver wants to be left alone; an hour at most
  static Duration after(int attempts, Duration asked, RandomGenerator randomness) {
    long doubled = FIRST_MILLIS << Math.min(attempts - 1, MAX_DOUBLINGS);
    double jitter = 1 + JITTER * (2 * randomness.nextDouble() - 1);
    long millis = Math.round(Math.min(doubled, MAX_MILLIS) * jitter);
    return Duration.ofMillis(Math.max(millis, Math.min(asked.toMillis(), MAX_MILLIS)));
  }
}
