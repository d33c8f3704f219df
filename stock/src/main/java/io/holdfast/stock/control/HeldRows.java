package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.HeldRow;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Requests that need a row which somebody outside holds. They have left their lane, so that the
/// others go on, and wait for the row together: one transaction per row, with the long lock
/// timeout, and then the next for those who came meanwhile.
///
/// Bounded: at most a few of these transactions run at once, so that they can't take all
/// connections; a request whose patience is over before its turn is told so.
final class HeldRows {
  private static final int MAX_WAITING_TRANSACTIONS = 4;

  private final Decider decider;
  private final EngineSettings settings;
  private final ExecutorService waiters = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns = new Semaphore(MAX_WAITING_TRANSACTIONS, true);

  // Guarded by this.
  private final Map<Row, ArrayDeque<Request>> parked = new HashMap<>();

  HeldRows(Decider decider, EngineSettings settings) {
    this.decider = decider;
    this.settings = settings;
  }

  private record Row(TenantId tenant, HeldRow row) {}

  synchronized boolean any() {
    return !parked.isEmpty();
  }

  synchronized void park(HeldRow heldRow, Request request) {
    Row row = new Row(request.call().tenant(), heldRow);
    ArrayDeque<Request> known = parked.get(row);
    if (known != null) {
      known.add(request);
      return;
    }
    parked.put(row, new ArrayDeque<>(List.of(request)));
    waiters.execute(() -> waitFor(row));
  }

  private void waitFor(Row row) {
    for (List<Request> batch = take(row); !batch.isEmpty(); batch = take(row)) {
      List<Request> inTime = failOverdue(batch);
      if (!inTime.isEmpty()) {
        turns.acquireUninterruptibly();
        try {
          decider
              .decide(inTime, Locking.WAIT, settings.lockTimeout())
              .forEach((request, held) -> decider.fail(request, Failures.held(held)));
        } finally {
          turns.release();
        }
      }
    }
  }

  private List<Request> failOverdue(List<Request> batch) {
    long now = System.nanoTime();
    List<Request> inTime = new ArrayList<>();
    for (Request request : batch) {
      if (request.isOverdue(now)) {
        decider.fail(request, Failures.overdue());
      } else {
        inTime.add(request);
      }
    }
    return inTime;
  }

  /// Forgets the row when nobody waits for it any more.
  private synchronized List<Request> take(Row row) {
    ArrayDeque<Request> waiting = parked.getOrDefault(row, new ArrayDeque<>());
    if (waiting.isEmpty()) {
      parked.remove(row);
    }
    List<Request> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < settings.batchCommands()) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  void drain() {
    waiters.close();
  }
}
