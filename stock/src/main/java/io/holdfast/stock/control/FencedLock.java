package io.holdfast.stock.control;

import io.holdfast.stock.EngineObserver;
import io.holdfast.stock.EngineObserver.Retry;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockMutex;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.Fence;
import io.holdfast.stock.transaction.HeldRow;
import io.holdfast.stock.transaction.LockOptions;
import io.holdfast.stock.transaction.Request;
import io.holdfast.stock.transaction.RowSet;
import io.holdfast.stock.transaction.Undecided;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One command per transaction, behind a lock outside of the database.
///
/// **What the lock buys.** Whoever waits for a row waits there, without a connection and without a
/// transaction, and hardly anybody's work is thrown away.
///
/// **Why it is right without it.** Within the transaction this is [Optimistic]: all that is read is
/// of one moment, after the lock was taken, and is written only if nothing of it has changed.
///
/// **What the token buys.** A holder that was paused until its lock was another's may find rows as
/// it expects them, and would disturb whoever has the lock now. The row remembers the newest token
/// that wrote it, and the write checks that too: such a holder goes back to take the lock again.
///
/// **Which rows.** Some commands do not say which rows they change: one about a reservation, one
/// that lets a location be found. Those are decided without a lock first; what the decision would
/// write is locked, and it is decided again, until everything that is to be written is locked. What
/// is refused, or was answered before, needs no lock at all.
///
/// **Who waits for whom.** Somebody who does without the lock may hold a row in the database. It is
/// waited for as shortly as a batch does, then everything is let go for a moment, so that nobody
/// waits for a row because of one that is waited for.
final class FencedLock extends OnePerTransaction {
  private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final StockMutex mutex;
  private final EngineObserver observer;
  private final Duration rowTimeout;
  private final int maxRetries;

  FencedLock(Decider decider, EngineThreads threads, EngineSettings settings, StockMutex mutex) {
    super(decider, threads, settings, Locking.FENCE);
    this.mutex = mutex;
    this.observer = settings.observer();
    this.rowTimeout = settings.batchLockTimeout();
    this.maxRetries = settings.maxRetries();
  }

  @Override
  Map<Request, Undecided> decide(Request request, LockOptions locks) {
    long giveUpNanos = System.nanoTime() + locks.timeout().toNanos();
    RowSet rows = request.knownRows();
    int retries = 0;
    try {
      while (retries <= maxRetries) {
        @Nullable Undecided why = attempt(request, rows, locks);
        switch (why) {
          case null -> {
            return Map.of();
          }
          case Undecided.NotLocked(RowSet written) -> {
            rows = rows.with(written);
            retries++;
          }
          case Undecided.Outdated _ -> {
            observer.retried(Retry.FENCED);
            retries++;
          }
          case Undecided.RowHeld _ -> {
            observer.retried(Retry.ROW_HELD);
            pauseUntil(giveUpNanos);
          }
          case HeldRow _, Undecided.BatchFull _ -> {
            return failed(request, Failures.misplaced(why));
          }
        }
      }
      return failed(request, Failures.outrun());
    } catch (StockFailure failure) {
      return failed(request, failure);
    }
  }

  /// Decides behind the locks of `rows`; answers why it did not come to that.
  private @Nullable Undecided attempt(Request request, RowSet rows, LockOptions locks) {
    long start = System.nanoTime();
    Duration patience = request.patienceLeft(start);
    if (!patience.isPositive()) {
      throw Failures.overdue();
    }
    try (StockMutex.Hold hold = hold(request, rows, shorter(patience, locks.timeout()))) {
      Fence fence = new Fence(rows, hold.token(), System.nanoTime() - start);
      @Nullable Undecided why =
          super.decide(request, locks.behind(fence, shorter(rowTimeout, locks.timeout())))
              .get(request);
      if (why instanceof Undecided.Outdated) {
        hold.outdated();
      }
      return why;
    }
  }

  private static void pauseUntil(long giveUpNanos) {
    if (System.nanoTime() - giveUpNanos > 0) {
      throw Failures.held();
    }
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_PAUSE_NANOS) + 1);
  }

  private StockMutex.Hold hold(Request request, RowSet rows, Duration atMost) {
    return rows.isEmpty()
        ? NoHold.INSTANCE
        : mutex.acquire(request.call().tenant(), rows.names(), atMost);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Of no row.
  private enum NoHold implements StockMutex.Hold {
    INSTANCE;

    @Override
    public long token() {
      return Fence.NONE.token();
    }

    @Override
    public void outdated() {
      throw new IllegalStateException("nothing is written without a lock");
    }

    @Override
    public void close() {}
  }
}
