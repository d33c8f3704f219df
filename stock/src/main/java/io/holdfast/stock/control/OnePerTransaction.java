package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.LockOptions;
import io.holdfast.stock.transaction.Request;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Workers that take one request after the other, each in a transaction of its own. What waits is
/// bounded like a lane.
abstract class OnePerTransaction implements ConcurrencyControl {
  private final Decider decider;
  private final LockOptions locks;
  private final int capacity;
  private final ThreadPoolExecutor workers;

  OnePerTransaction(Decider decider, EngineSettings settings, Locking locking) {
    this.decider = decider;
    this.locks = LockOptions.of(locking, settings.lockTimeout());
    this.capacity = settings.laneCapacity();
    this.workers =
        new ThreadPoolExecutor(
            settings.workers(),
            settings.workers(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(capacity),
            Thread.ofPlatform().daemon().name("holdfast-command-", 0).factory(),
            (task, _) -> ((Turn) task).refuse());
  }

  @Override
  public final void submit(Request request) {
    workers.execute(new Turn(request));
  }

  @Override
  public final void drain() {
    workers.close();
  }

  private final class Turn implements Runnable {
    private final Request request;

    Turn(Request request) {
      this.request = request;
    }

    @Override
    public void run() {
      if (request.isOverdue(System.nanoTime())) {
        decider.fail(request, Failures.overdue());
      } else {
        decider
            .decide(List.of(request), locks)
            .forEach((held, row) -> decider.fail(held, Failures.held(row)));
      }
    }

    void refuse() {
      decider.fail(
          request, workers.isShutdown() ? Failures.shuttingDown() : Failures.laneFull(capacity));
    }
  }
}
