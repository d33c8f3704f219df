package io.holdfast.server.limit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// What a node may let pass of one bucket without asking anybody.
///
/// The node holds tokens that it has leased. Whoever comes takes one, and when fewer than half are
/// left, more are asked for in the background. Where none is left, the node runs ahead, into tokens
/// that it has not leased: by as many as were in the bucket when it last heard of it, which is the
/// whole burst for one that it has never heard of. What it took is charged with the next lease, and
/// once the bucket is known to be empty, nobody runs ahead. So a request is decided at once, a
/// burst that is there is never refused, and two nodes that don't know of each other yet let at
/// most a burst more pass.
///
/// How much is leased follows from use: what a quarter of a second takes, and a quarter of the
/// burst at most. What is not used is given back.
///
/// Any thread may take. Asks and grants come in turns: whoever sets [#isAsking] makes the one.
final class Allowance {
  static final long AHEAD_NANOS = 250_000_000;
  static final long IDLE_NANOS = 1_000_000_000;
  private static final long ASK_AGAIN_MIN_NANOS = 50_000_000;

  private final Bucket bucket;
  private final Rate rate;
  private final AtomicBoolean isAsking = new AtomicBoolean();

  /// Leased and not taken yet. Below zero: taken and not leased yet.
  private final AtomicLong tokens = new AtomicLong();

  private volatile long runAhead;
  private volatile long leftMicroTokens;
  private volatile long lowWater;
  private volatile long heardNanos;
  private volatile long takenNanos;

  /// Taken since the last ask, which the asker alone looks at: the tokens that were there then,
  /// less those that there are.
  private long tokensAtAsk;

  Allowance(Bucket bucket, Rate rate, long nowNanos) {
    this.bucket = bucket;
    this.rate = rate;
    this.runAhead = rate.burst();
    this.leftMicroTokens = rate.burstMicroTokens();
    this.heardNanos = nowNanos;
    this.takenNanos = nowNanos;
  }

  Bucket bucket() {
    return bucket;
  }

  Rate rate() {
    return rate;
  }

  /// One token, or none.
  boolean tryTake(long nowNanos) {
    takenNanos = nowNanos;
    long before;
    do {
      before = tokens.get();
      if (before <= -runAhead) {
        return false;
      }
    } while (!tokens.compareAndSet(before, before - 1));
    return true;
  }

  /// Whether the caller is to have this one asked for. True once, until the ask is answered.
  boolean shouldAsk(long nowNanos) {
    return tokens.get() <= lowWater
        && (runAhead > 0 || nowNanos - heardNanos >= nanosToAskAgain())
        && !isAsking.get()
        && isAsking.compareAndSet(false, true);
  }

  private long nanosToAskAgain() {
    return Math.clamp(rate.nanosToNext(leftMicroTokens), ASK_AGAIN_MIN_NANOS, IDLE_NANOS);
  }

  Ask ask(long nowNanos) {
    long held = tokens.get();
    long taken = tokensAtAsk - held;
    long elapsed = Math.max(1, nowNanos - heardNanos);
    long perLease = taken * AHEAD_NANOS / Math.max(elapsed, AHEAD_NANOS / 50);
    long wish = Math.clamp(perLease, 1, mostLeased());
    long charge = Math.max(0, -held);
    return new Ask(this, charge, Math.max(0, wish - Math.max(0, held)));
  }

  /// When nobody has come for a while: gives back what is held, and has charged what is not yet.
  /// Empty when there is neither, or somebody asks.
  Optional<Ask> settleUp(long nowNanos) {
    if (nowNanos - takenNanos < IDLE_NANOS
        || tokens.get() == 0
        || !isAsking.compareAndSet(false, true)) {
      return Optional.empty();
    }
    long held = tokens.getAndUpdate(before -> Math.min(before, 0));
    return Optional.of(new Ask(this, -held, 0));
  }

  /// Takes in what an ask came to.
  void settle(Ask ask, Grant grant, long nowNanos) {
    boolean isShort = grant.tokens() < ask.wish();
    leftMicroTokens = grant.leftMicroTokens();
    runAhead = isShort ? 0 : Math.max(0, grant.leftMicroTokens() / Rate.MICRO);
    lowWater = (grant.tokens() + ask.wish()) / 4;
    // What was given back is no longer there already.
    tokensAtAsk = tokens.addAndGet(grant.tokens() + Math.max(0, ask.charge()));
    heardNanos = nowNanos;
    isAsking.set(false);
  }

  /// How long whoever was refused had better wait.
  long nanosToNext(long nowNanos) {
    return Math.max(0, rate.nanosToNext(leftMicroTokens) - (nowNanos - heardNanos));
  }

  /// Whether forgetting it changes nothing: its bucket is full by now, unless other nodes take from
  /// it, and nothing of it is held.
  boolean canBeForgotten(long nowNanos) {
    return tokens.get() == 0
        && !isAsking.get()
        && nowNanos - takenNanos >= IDLE_NANOS
        && nowNanos - heardNanos >= rate.nanosToFull(leftMicroTokens);
  }

  /// For a node that has to go on alone: what it knows of.
  long leftMicroTokens() {
    return leftMicroTokens;
  }

  /// A quarter of the burst: what a node that dies may take with it until the rate has made up for
  /// it.
  long mostLeased() {
    return Math.max(1, rate.burst() / 4);
  }
}
