package io.holdfast.server.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The allowances of one kind that this node has heard of, as many as fit. Whoever comes when it is
/// full shares one allowance with all others who do, until there is room again: so many names can't
/// push out those that are known, and get no more than one does.
final class Allowances {
  private final Rate rate;
  private final int max;
  private final Leasing leasing;
  private final LongSupplier nanoClock;
  private final Map<Bucket, Allowance> known = new ConcurrentHashMap<>();
  private final Allowance crowd;

  Allowances(String kind, Rate rate, int max, Leasing leasing, LongSupplier nanoClock) {
    this.rate = rate;
    this.max = max;
    this.leasing = leasing;
    this.nanoClock = nanoClock;
    Bucket bucket = new Bucket(Bucket.NO_TENANT, "all others: " + kind);
    this.crowd = new Allowance(bucket, rate, nanoClock.getAsLong());
  }

  /// Takes one token without waiting.
  ///
  /// @return 0, or how long whoever is refused had better wait
  long takeOrNanosToWait(Bucket bucket) {
    long now = nanoClock.getAsLong();
    Allowance allowance = of(bucket, now);
    boolean isTaken = allowance.tryTake(now);
    if (allowance.shouldAsk(now)) {
      leasing.want(allowance);
    }
    return isTaken ? 0 : Math.max(1, allowance.nanosToNext(now));
  }

  private Allowance of(Bucket bucket, long now) {
    Allowance known = this.known.get(bucket);
    if (known != null) {
      return known;
    }
    if (this.known.size() >= max) {
      return crowd;
    }
    return this.known.computeIfAbsent(bucket, name -> new Allowance(name, rate, now));
  }

  /// Settles with what nobody takes from any more, and forgets what is as it would be anew.
  void tidy() throws InterruptedException {
    long now = nanoClock.getAsLong();
    known.values().removeIf(allowance -> allowance.canBeForgotten(now));
    List<Ask> asks = new ArrayList<>();
    for (Allowance allowance : known.values()) {
      allowance.settleUp(now).ifPresent(asks::add);
      if (asks.size() == Leasing.MAX_ASKS) {
        leasing.settleUp(asks);
        asks = new ArrayList<>();
      }
    }
    if (!asks.isEmpty()) {
      leasing.settleUp(asks);
    }
  }

  int size() {
    return known.size();
  }
}
