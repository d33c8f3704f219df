package io.holdfast.server.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Asks for leases in the background, for all allowances that want some at once, one round after
/// the other. When the database fails or takes too long, the node leases from itself, and tries the
/// database again every second.
final class Leasing {
  static final int MAX_ASKS = 1_000;
  private static final Logger LOG = Logger.getLogger(Leasing.class);
  private static final long PATIENCE_MILLIS = 300;
  private static final long ALONE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Lessor shared;
  private final ExecutorService blocking;
  private final LongSupplier nanoClock;
  private final LeaseObserver observer;
  private final Queue<Allowance> wanting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isInRound = new AtomicBoolean();

  // Of whoever is in a round.
  private @Nullable AloneLessor alone;
  private @Nullable Future<List<Grant>> late;
  private long aloneUntilNanos;

  Leasing(Lessor shared, ExecutorService blocking, LongSupplier nanoClock, LeaseObserver observer) {
    this.shared = shared;
    this.blocking = blocking;
    this.nanoClock = nanoClock;
    this.observer = observer;
  }

  /// Does not wait.
  ///
  /// @param allowance one that said that it is to be asked for
  void want(Allowance allowance) {
    wanting.add(allowance);
    if (!isInRound.get() && isInRound.compareAndSet(false, true)) {
      blocking.execute(this::rounds);
    }
  }

  private void rounds() {
    do {
      try {
        for (List<Ask> asks = asks(); !asks.isEmpty(); asks = asks()) {
          lease(asks);
        }
      } finally {
        isInRound.set(false);
      }
      // Somebody may have come between the last look and the end.
    } while (!wanting.isEmpty() && isInRound.compareAndSet(false, true));
  }

  private List<Ask> asks() {
    List<Ask> asks = new ArrayList<>();
    long now = nanoClock.getAsLong();
    for (Allowance next = wanting.poll();
        next != null;
        next = asks.size() < MAX_ASKS ? wanting.poll() : null) {
      asks.add(next.ask(now));
    }
    return asks;
  }

  /// Waits for a round to end and makes one of its own; for whoever looks after idle ones.
  void settleUp(List<Ask> asks) throws InterruptedException {
    while (!isInRound.compareAndSet(false, true)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    try {
      lease(asks);
    } finally {
      isInRound.set(false);
    }
    if (!wanting.isEmpty() && isInRound.compareAndSet(false, true)) {
      blocking.execute(this::rounds);
    }
  }

  private void lease(List<Ask> asks) {
    List<Grant> grants = grants(asks);
    long now = nanoClock.getAsLong();
    for (int i = 0; i < asks.size(); i++) {
      Ask ask = asks.get(i);
      ask.allowance().settle(ask, grants.get(i), now);
    }
  }

  private List<Grant> grants(List<Ask> asks) {
    return fromShared(asks).orElseGet(() -> fromItself(asks));
  }

  private Optional<List<Grant>> fromShared(List<Ask> asks) {
    boolean isHanging = late != null && !late.isDone();
    if (isHanging || (alone != null && nanoClock.getAsLong() - aloneUntilNanos < 0)) {
      return Optional.empty();
    }
    Future<List<Grant>> lease = blocking.submit(() -> shared.lease(asks));
    try {
      List<Grant> grants = lease.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      observer.leased(asks.size());
      alone = null;
      late = null;
      return Optional.of(grants);
    } catch (ExecutionException e) {
      goAlone(e.getCause());
    } catch (TimeoutException e) {
      // What it may still grant is lost, and filled again by the rate.
      late = lease;
      goAlone(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      goAlone(e);
    }
    return Optional.empty();
  }

  private void goAlone(@Nullable Throwable why) {
    observer.failed();
    if (alone == null) {
      LOG.warnf("Rates are limited by this node alone until the database answers: %s", why);
    }
    aloneUntilNanos = nanoClock.getAsLong() + ALONE_NANOS;
  }

  private List<Grant> fromItself(List<Ask> asks) {
    AloneLessor own = alone;
    if (own == null) {
      own = new AloneLessor(nanoClock);
      alone = own;
    }
    return own.lease(asks);
  }
}
