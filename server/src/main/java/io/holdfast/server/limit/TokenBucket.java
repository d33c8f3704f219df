package io.holdfast.server.limit;

/// The arithmetic of a bucket of tokens: filled at a steady rate up to its burst, emptied by those
/// who take. Tokens are counted in millionths, of which a microsecond brings as many as a second
/// brings tokens, so nothing is rounded. The function `lease_tokens` of the database does the same,
/// and a test holds the two together.
///
/// Not for threads.
final class TokenBucket {
  private final Rate rate;
  private long microTokens;
  private long filledAtMicros;

  /// @param microTokens what is in it at the beginning
  TokenBucket(Rate rate, long microTokens, long nowMicros) {
    this.rate = rate;
    this.microTokens = microTokens;
    this.filledAtMicros = nowMicros;
  }

  /// Charges what was taken before it was leased, and leases more.
  ///
  /// @param charge below zero: given back
  /// @param wish how many whole tokens are wanted on top; fewer are granted if there are fewer
  Grant lease(long charge, long wish, long nowMicros) {
    fill(nowMicros);
    long settled = Math.min(rate.burstMicroTokens(), microTokens - charge * Rate.MICRO);
    long granted = Math.max(0, Math.min(wish, settled / Rate.MICRO));
    microTokens = settled - granted * Rate.MICRO;
    return new Grant(granted, microTokens);
  }

  private void fill(long nowMicros) {
    long elapsed = nowMicros - filledAtMicros;
    if (elapsed > 0) {
      long enough = rate.burstMicroTokens() - microTokens;
      boolean isFilled = elapsed >= enough / rate.perSecond() + 1;
      microTokens += isFilled ? enough : Math.min(enough, elapsed * rate.perSecond());
      filledAtMicros = nowMicros;
    }
  }
}
