package io.holdfast.server.limit;

/// What docs/reference/limits.md promises.
final class RateBound {
  private RateBound() {}

  /// How many requests nodes together let pass in any time, at most, beyond the rate times that
  /// time.
  static double beyondTheRate(Rate rate, int nodes) {
    return rate.burst() + nodes * (rate.burst() + Math.max(1, rate.burst() / 4)) + 1;
  }
}
