package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.HeldRow;
import io.holdfast.stock.transaction.LockOptions;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One tenant's queue of requests. At most one worker decides a batch of it at a time.
final class Lane {
  /// How long a batch may wait for those who are about to come back, in parts of the last batch's
  /// time.
  private static final int GATHER_PART = 8;

  private static final long GATHER_MAX_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long GATHER_STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private final TenantId tenant;
  private final Decider decider;
  private final EngineSettings settings;
  private final HeldRows heldRows;

  // Guarded by this.
  private final ArrayDeque<Request> queue = new ArrayDeque<>();
  private final List<Runnable> whenIdle = new ArrayList<>();
  private boolean scheduled;

  // Used by the worker that has the lane.
  private int lastBatch;
  private long lastBatchNanos;

  Lane(TenantId tenant, Decider decider, EngineSettings settings, HeldRows heldRows) {
    this.tenant = tenant;
    this.decider = decider;
    this.settings = settings;
    this.heldRows = heldRows;
  }

  enum Offer {
    QUEUED,
    /// And nobody is to look at this lane yet.
    QUEUED_FIRST,
    FULL
  }

  synchronized Offer offer(Request request) {
    if (queue.size() >= settings.laneCapacity()) {
      return Offer.FULL;
    }
    queue.add(request);
    settings.observer().queued(1);
    if (scheduled) {
      return Offer.QUEUED;
    }
    scheduled = true;
    return Offer.QUEUED_FIRST;
  }

  /// Decides what has gathered.
  void decideBatch() {
    gather();
    List<Request> batch = take();
    if (batch.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    LockOptions locks =
        new LockOptions(Locking.WAIT, settings.batchLockTimeout(), heldRows.known(tenant));
    Map<Request, HeldRow> held = decider.decide(batch, locks);
    held.forEach((request, row) -> heldRows.park(row, request));
    lastBatch = batch.size();
    lastBatchNanos = System.nanoTime() - start;
  }

  /// Callers that were answered together come back together, a moment later. Going off with the
  /// first of them would leave the others waiting for a batch of one. So after a large batch this
  /// waits until half as many are there, for a small part of the time that the batch took. After a
  /// batch of one there is no wait.
  private void gather() {
    if (lastBatch < 4) {
      return;
    }
    long start = System.nanoTime();
    long limit = Math.min(lastBatchNanos / GATHER_PART, GATHER_MAX_NANOS);
    while (size() < lastBatch / 2 && System.nanoTime() - start < limit) {
      LockSupport.parkNanos(GATHER_STEP_NANOS);
    }
  }

  private synchronized int size() {
    return queue.size();
  }

  private synchronized List<Request> take() {
    List<Request> batch = new ArrayList<>(Math.min(queue.size(), settings.batchCommands()));
    int rows = 0;
    while (!queue.isEmpty() && batch.size() < settings.batchCommands()) {
      Request next = queue.element();
      rows += next.weight();
      if (rows > settings.batchRows() && !batch.isEmpty()) {
        break;
      }
      batch.add(queue.remove());
    }
    settings.observer().queued(-batch.size());
    return batch;
  }

  /// Whether the lane is to be looked at again; if not, the next offer says that it is the first.
  synchronized boolean hasMore() {
    if (!queue.isEmpty()) {
      return true;
    }
    scheduled = false;
    whenIdle.forEach(Runnable::run);
    whenIdle.clear();
    return false;
  }

  /// Calls back once, when nothing waits and no batch is on its way.
  synchronized void whenIdle(Runnable callback) {
    if (scheduled) {
      whenIdle.add(callback);
    } else {
      callback.run();
    }
  }

  /// Requests stand in the order in which they came, but each has its own patience.
  void failOverdue(long now) {
    List<Request> overdue = new ArrayList<>();
    synchronized (this) {
      queue.removeIf(request -> request.isOverdue(now) && overdue.add(request));
      settings.observer().queued(-overdue.size());
    }
    overdue.forEach(request -> decider.fail(request, Failures.overdue()));
  }
}
