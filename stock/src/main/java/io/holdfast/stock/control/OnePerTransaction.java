package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.HeldRow;
import io.holdfast.stock.transaction.LockOptions;
import io.holdfast.stock.transaction.Request;
import io.holdfast.stock.transaction.Undecided;
import java.util.List;
import java.util.Map;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Workers that take one request after the other, each in a transaction of its own. What waits is
/// bounded like a lane; half of it is for callers alone, and they pass by what nobody waits for.
abstract class OnePerTransaction implements ConcurrencyControl {
  /// What nobody waits for takes its turn as if it had come so much later: it makes no caller wait
  /// for a backlog, and is not put off for ever by however many callers.
  private static final long BACKGROUND_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int INITIAL_CAPACITY = 64;

  private final Decider decider;
  private final LockOptions locks;
  private final LockOptions backgroundLocks;
  private final int capacity;
  private final ThreadPoolExecutor workers;

  OnePerTransaction(
      Decider decider, EngineThreads threads, EngineSettings settings, Locking locking) {
    this.decider = decider;
    this.locks = LockOptions.of(locking, settings.lockTimeout());
    // Long enough for a row that passes from hand to hand, too short to keep callers from a worker.
    this.backgroundLocks = LockOptions.of(locking, settings.batchLockTimeout());
    this.capacity = settings.laneCapacity();
    this.workers =
        new ThreadPoolExecutor(
            settings.workers(),
            settings.workers(),
            0,
            TimeUnit.SECONDS,
            new Waiting(capacity),
            threads.builder().name("holdfast-command-", 0).factory(),
            (task, _) -> ((Turn) task).refuse());
  }

  @Override
  public final void submit(Request request) {
    Turn turn = new Turn(request);
    if (request.isBackground() && workers.getQueue().size() >= capacity / 2) {
      turn.refuse();
    } else {
      workers.execute(turn);
    }
  }

  @Override
  public final void drain() {
    workers.close();
  }

  private void run(Request request) {
    if (request.isOverdue(System.nanoTime())) {
      decider.fail(request, Failures.overdue());
      return;
    }
    LockOptions options = request.isBackground() ? backgroundLocks : locks;
    LastResort.guard(decider, List.of(request), () -> decide(request, options))
        .forEach(this::failUndecided);
  }

  /// Brings a request to its answer, or says what is in the way.
  Map<Request, Undecided> decide(Request request, LockOptions options) {
    return decider.decide(List.of(request), options);
  }

  final Map<Request, Undecided> failed(Request request, StockFailure failure) {
    decider.fail(request, failure);
    return Map.of();
  }

  private void failUndecided(Request request, Undecided why) {
    switch (why) {
      case HeldRow row -> decider.fail(request, Failures.held(row));
      case Undecided.BatchFull _, Undecided.LockAgain _ ->
          decider.fail(request, Failures.misplaced(why));
    }
  }

  private static final class Waiting extends PriorityBlockingQueue<Runnable> {
    private final int capacity;

    Waiting(int capacity) {
      // By the difference, since this clock may pass beyond the largest number.
      super(
          INITIAL_CAPACITY,
          (one, other) -> Long.signum(((Turn) one).dueNanos - ((Turn) other).dueNanos));
      this.capacity = capacity;
    }

    @Override
    public synchronized boolean offer(Runnable turn) {
      return size() < capacity && super.offer(turn);
    }
  }

  private final class Turn implements Runnable {
    private final Request request;
    private final long dueNanos;

    Turn(Request request) {
      this.request = request;
      this.dueNanos =
          request.submittedNanos() + (request.isBackground() ? BACKGROUND_DELAY_NANOS : 0);
    }

    @Override
    public void run() {
      OnePerTransaction.this.run(request);
    }

    void refuse() {
      decider.fail(
          request, workers.isShutdown() ? Failures.shuttingDown() : Failures.laneFull(capacity));
    }
  }
}
