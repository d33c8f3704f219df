package io.holdfast.stock;

import java.time.Duration;
import java.util.Objects;

/// What a number or a duration must satisfy to be a limit. The database counts milliseconds in 32
/// bits, and takes zero for no limit at all.
final class Limits {
  private static final Duration MIN = Duration.ofMillis(1);
  private static final Duration MAX = Duration.ofMillis(Integer.MAX_VALUE);

  private Limits() {}

  static int checked(String what, int limit, int min) {
    if (limit < min) {
      throw new IllegalArgumentException(what + " must be at least " + min + ", not " + limit);
    }
    return limit;
  }

  static Duration checked(String what, Duration limit) {
    Objects.requireNonNull(limit, what);
    if (limit.compareTo(MIN) < 0 || limit.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          what + " must be between " + MIN + " and " + MAX + ", not " + limit);
    }
    return limit;
  }

  static int checkedPercent(String what, int limit) {
    if (checked(what, limit, 1) > 100) {
      throw new IllegalArgumentException(what + " must be at most 100, not " + limit);
    }
    return limit;
  }
}
