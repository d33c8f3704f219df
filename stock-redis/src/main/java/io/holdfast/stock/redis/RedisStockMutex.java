package io.holdfast.stock.redis;

import io.holdfast.stock.FenceEpochs;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockMutex;
import io.holdfast.stock.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Locks in one Redis, shared by all nodes.
///
/// **Locks.** A lock is a key with its holder's name that ends after a while. Several are taken in
/// order, each kept while the next is waited for: so nobody waits in a circle, and an order of many
/// lines is not overtaken for ever by those of one. Those of one node take [Turns]; whoever then
/// finds a lock taken by another node asks again after a short pause of random length, so nothing
/// is lost when a message is.
///
/// **Tokens.** A tenant has one count, and the step that takes the last lock takes the next number,
/// so tokens are given in the order in which a lock has its holders. A Redis that has lost the
/// count is given a new one from the database before anything is locked: each count begins at an
/// epoch greater than all before it, so a token of the new one outranks those that are still held
/// from the old one. See [Scripts] for the steps.
///
/// **Limits.** A holder that dies delays others by the `lease`. A Redis that is away or hangs is
/// waited for a second at most, and by few. Everything it does late, for an asker that has given
/// up, ends with the lease.
public final class RedisStockMutex implements StockMutex {
  /// Shorter than the time for which a lock is usually waited for, so that a holder that dies makes
  /// nobody give up.
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(3);

  private static final System.Logger LOG = System.getLogger(RedisStockMutex.class.getName());

  /// The tokens of an epoch: at 5,000 a second, enough for seven years.
  private static final int EPOCH_BITS = 40;

  private static final long MIN_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int DOUBLINGS_MAX = 7;

  private final Redis redis;
  private final FenceEpochs epochs;
  private final Duration lease;
  private final String leaseMillis;
  private final Turns turns = new Turns();
  private final String node = UUID.randomUUID().toString();
  private final AtomicLong holds = new AtomicLong();

  private RedisStockMutex(Redis redis, FenceEpochs epochs, Duration lease) {
    this.redis = redis;
    this.epochs = epochs;
    this.lease = lease;
    this.leaseMillis = Long.toString(lease.toMillis());
  }

  /// Connects.
  ///
  /// @param epochs of the database that the locks are for
  /// @throws StockFailure MUTEX_UNAVAILABLE
  public static RedisStockMutex open(RedisUrl url, FenceEpochs epochs) {
    return open(url, epochs, DEFAULT_LEASE);
  }

  /// @param lease how long a lock lasts that nobody lets go of; at least a millisecond
  public static RedisStockMutex open(RedisUrl url, FenceEpochs epochs, Duration lease) {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(epochs, "epochs");
    if (lease.toMillis() < 1) {
      throw new IllegalArgumentException("lease must be at least a millisecond, not " + lease);
    }
    return new RedisStockMutex(Redis.connect(url), epochs, lease);
  }

  /// Whether Redis answers, found out within a second.
  public boolean isReachable() {
    return redis.answers();
  }

  @Override
  public Hold acquire(TenantId tenant, List<String> rows, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Keys keys = Keys.of(tenant, rows);
    try (KeptInterrupts interrupts = new KeptInterrupts()) {
      Duration courtesy = atMost.compareTo(lease) < 0 ? atMost : lease;
      Turns.Taken taken = turns.take(keys.locks(), courtesy, interrupts);
      String holder = node + ":" + holds.incrementAndGet();
      try {
        return new RedisHold(keys, holder, taken, token(keys, holder, deadline, interrupts));
      } catch (RuntimeException | Error e) {
        // Some may have been taken, and Redis may do late what it was asked for.
        var _ = letGo(keys, holder);
        taken.close();
        throw e;
      }
    }
  }

  private long token(Keys keys, String holder, long deadline, KeptInterrupts interrupts) {
    boolean wasHeld = false;
    for (int attempt = 0; ; attempt++) {
      interrupts.keep();
      long leftNanos = deadline - System.nanoTime();
      if (leftNanos <= 0) {
        throw held(keys, null);
      }
      Optional<String> answer;
      try {
        answer =
            redis.ask(
                Scripts.TAKE,
                keys.all(),
                List.of(holder, leaseMillis),
                Duration.ofNanos(leftNanos));
      } catch (StockFailure unanswered) {
        // Redis had no more than the last moment for this one, and has answered before.
        throw wasHeld && System.nanoTime() - deadline >= 0 ? held(keys, unanswered) : unanswered;
      }
      if (answer.isEmpty()) {
        wasHeld = true;
        pause(attempt, leftNanos);
      } else if (answer.get().startsWith("?")) {
        begin(keys, answer.get());
      } else {
        return Long.parseLong(answer.get());
      }
    }
  }

  private static StockFailure held(Keys keys, @Nullable StockFailure cause) {
    return new StockFailure(
        StockFailure.Code.LOCK_NOT_AVAILABLE, "somebody else has a lock of " + keys.locks(), cause);
  }

  /// Lets a count that was missing begin above all tokens that there were.
  private void begin(Keys keys, String mark) {
    askAbout(keys, Scripts.BEGIN, List.of(mark, newCount(keys)));
  }

  /// The same for a count that is there.
  private void raise(Keys keys) {
    askAbout(keys, Scripts.RAISE, List.of(newCount(keys)));
  }

  private String newCount(Keys keys) {
    long epoch = epochs.next();
    LOG.log(System.Logger.Level.INFO, () -> keys.count() + " goes on from epoch " + epoch);
    return Long.toString(epoch << EPOCH_BITS);
  }

  private boolean isKept(Keys keys, String holder) {
    return redis.ask(Scripts.KEPT, keys.all(), List.of(holder), Redis.ANSWER_MAX).isPresent();
  }

  private void askAbout(Keys keys, String script, List<String> arguments) {
    var _ = redis.ask(script, List.of(keys.count()), arguments, Redis.ANSWER_MAX);
  }

  private CompletableFuture<String> letGo(Keys keys, String holder) {
    return redis.send(Scripts.LET_GO, keys.all(), List.of(holder));
  }

  /// Exponential, with full jitter: short at first, since a lock is mostly had for a moment.
  private static void pause(int attempt, long leftNanos) {
    long limit = Math.min(MAX_PAUSE_NANOS, MIN_PAUSE_NANOS << Math.min(attempt, DOUBLINGS_MAX));
    LockSupport.parkNanos(Math.min(leftNanos, ThreadLocalRandom.current().nextLong(limit) + 1));
  }

  @Override
  public void close() {
    redis.close();
  }

  private final class RedisHold implements Hold {
    private final Keys keys;
    private final String holder;
    private final Turns.Taken taken;
    private final long token;

    RedisHold(Keys keys, String holder, Turns.Taken taken, long token) {
      this.keys = keys;
      this.holder = holder;
      this.taken = taken;
      this.token = token;
    }

    @Override
    public long token() {
      return token;
    }

    /// Locks that were another's meanwhile are reason enough. If they are still ours, it is the
    /// count that is old.
    @Override
    public void outdated() {
      try (KeptInterrupts interrupts = new KeptInterrupts()) {
        interrupts.keep();
        if (isKept(keys, holder)) {
          raise(keys);
        }
      }
    }

    /// The next one of this node asks when Redis has let go, so that it does not come too early.
    @Override
    public void close() {
      var _ = letGo(keys, holder).whenComplete((_, _) -> taken.close());
    }
  }

  /// The names of a tenant's things in Redis; the braces keep them together in a cluster.
  private record Keys(String count, List<String> locks) {
    static Keys of(TenantId tenant, List<String> rows) {
      String prefix = "holdfast:{" + tenant.value() + "}:";
      return new Keys(prefix + "count", rows.stream().map(prefix::concat).toList());
    }

    List<String> all() {
      List<String> all = new ArrayList<>(List.of(count));
      all.addAll(locks);
      return all;
    }
  }
}
