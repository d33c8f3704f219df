package io.holdfast.server.limit;

import io.holdfast.stock.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How many requests of one tenant this node works on at the same time. Those beyond wait in their
/// tenant's own line, unread, and are refused when their turn does not come in time: to refuse them
/// at once would let a flood come round as fast as the node can say no, which costs the others more
/// than letting it wait.
///
/// A tenant alone gets more than one beside others. Whether there are others is seen from who asks:
/// a request of another tenant than the last one is remembered for a second.
///
/// A request that need not wait costs one change of a number when it comes and one when it is
/// answered.
public final class TenantTurns implements AutoCloseable {
  static final int MAX_WAITING = 8_192;
  static final Duration MAX_WAIT = Duration.ofSeconds(2);
  private static final long BESIDE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LOOK_MILLIS = 50;

  private final TenantShare share;
  private final LongSupplier nanoClock;
  private final Map<TenantId, Line> lines = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("holdfast-turns").factory());

  private volatile @Nullable Line last;
  private volatile long besideUntilNanos;

  TenantTurns(TenantShare share, LongSupplier nanoClock) {
    this.share = share;
    this.nanoClock = nanoClock;
    this.besideUntilNanos = nanoClock.getAsLong();
  }

  public static TenantTurns open(TenantShare share, LongSupplier nanoClock, LimitMetrics metrics) {
    TenantTurns turns = new TenantTurns(share, nanoClock);
    metrics.inFlight(turns::working);
    metrics.waiting(turns::waiting);
    var _ =
        turns.looking.scheduleWithFixedDelay(
            turns::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return turns;
  }

  /// Begins the turn now, or later, or refuses it. Whoever it is of ends it in any case.
  void enter(TenantId tenant, Turn turn) {
    long now = nanoClock.getAsLong();
    Line line = line(tenant);
    notice(line, now);
    line.enter(turn, max(now), now + MAX_WAIT.toNanos());
  }

  void end(TenantId tenant, Turn turn) {
    line(tenant).end(turn, max(nanoClock.getAsLong()));
  }

  /// There are as many as there are tenants that ever had a key here.
  private Line line(TenantId tenant) {
    Line known = lines.get(tenant);
    return known == null ? lines.computeIfAbsent(tenant, _ -> new Line(MAX_WAITING)) : known;
  }

  private void notice(Line line, long now) {
    Line before = last;
    if (before != line) {
      last = line;
      if (before != null) {
        besideUntilNanos = now + BESIDE_NANOS;
      }
    }
  }

  private int max(long now) {
    return besideUntilNanos - now > 0 ? share.beside() : share.alone();
  }

  /// Refuses those who have waited too long, and calls those who may come now that others are gone.
  void look() {
    long now = nanoClock.getAsLong();
    lines.values().forEach(line -> line.look(now, max(now)));
  }

  int working() {
    return lines.values().stream().mapToInt(Line::working).sum();
  }

  int waiting() {
    return lines.values().stream().mapToInt(Line::waiting).sum();
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
