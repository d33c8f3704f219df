package io.holdfast.server.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Gives leases out of buckets of this node's own, as long as the database is away. Each begins
/// with what the node knew was left, and is filled at the whole rate: a node does not know how many
/// others there are.
///
/// Not for threads.
final class AloneLessor implements Lessor {
  private final LongSupplier nanoClock;
  private final Map<Allowance, TokenBucket> buckets = new HashMap<>();

  AloneLessor(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  @Override
  public List<Grant> lease(List<Ask> asks) {
    long nowMicros = TimeUnit.NANOSECONDS.toMicros(nanoClock.getAsLong());
    return asks.stream()
        .map(ask -> bucket(ask, nowMicros).lease(ask.charge(), ask.wish(), nowMicros))
        .toList();
  }

  private TokenBucket bucket(Ask ask, long nowMicros) {
    return buckets.computeIfAbsent(
        ask.allowance(), it -> new TokenBucket(it.rate(), it.leftMicroTokens(), nowMicros));
  }
}
