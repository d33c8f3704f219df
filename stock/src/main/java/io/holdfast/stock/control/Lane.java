package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.Followers;
import io.holdfast.stock.transaction.HeldRow;
import io.holdfast.stock.transaction.LockOptions;
import io.holdfast.stock.transaction.Request;
import io.holdfast.stock.transaction.Undecided;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// One tenant's requests. Workers decide batches of them, which touch different rows. Each is in
/// one place: it waits for its turn, or for a row, or is in the batch; it moves from one to the
/// other under the lane's monitor, and is answered outside of it.
final class Lane {
  /// How long a batch may wait for those who are about to come back, in parts of the last batch's
  /// time.
  private static final int GATHER_PART = 8;

  /// Places for those who touch no row that anybody waits for, in parts of the others.
  private static final int MORE_PART = 10;

  private static final int GATHER_FROM = 4;
  private static final int GATHER_PERCENT = 75;
  private static final long GATHER_MAX_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long GATHER_STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private final TenantId tenant;
  private final Decider decider;
  private final EngineSettings settings;
  private final Queue<Lane> ready;
  private final RowWatcher watcher;
  private final Whereabouts whereabouts;

  // Guarded by this.
  private final Backlog backlog;
  private final HeldRows heldRows;
  private final List<CompletableFuture<Void>> whenIdle = new ArrayList<>();
  private boolean scheduled;
  private int turns;
  private boolean watched;
  private int lastCallers;
  private int present;
  private long lastBatchNanos;

  /// @param ready where the lane queues up for a worker
  Lane(
      TenantId tenant,
      Decider decider,
      EngineSettings settings,
      Queue<Lane> ready,
      RowWatcher watcher,
      Whereabouts whereabouts) {
    this.tenant = tenant;
    this.decider = decider;
    this.settings = settings;
    this.ready = ready;
    this.watcher = watcher;
    this.whereabouts = whereabouts;
    this.backlog = new Backlog(settings);
    this.heldRows = new HeldRows(settings);
  }

  TenantId tenant() {
    return tenant;
  }

  /// Takes the request up, unless too many wait already.
  boolean offer(Request request) {
    synchronized (this) {
      if (isFull(request)) {
        return false;
      }
      backlog.add(request);
      schedule();
    }
    settings.observer().queued(1);
    return true;
  }

  /// What is asked in the background is not to keep callers out, and neither is a crowd before a
  /// few rows to keep out those who touch none of these: for them there are some places more.
  private boolean isFull(Request request) {
    int capacity = settings.laneCapacity();
    if (request.isBackground()) {
      return backlog.background() >= capacity;
    }
    return backlog.callers() + heldRows.waiting() >= capacity
        && (backlog.callers() >= capacity + capacity / MORE_PART || backlog.meets(request));
  }

  /// One worker at a time gathers a batch; when it is on its way, the next may. A turn also lasts
  /// while callers are told, and they may take their time: other tenants need workers, too.
  private void schedule() {
    if (!scheduled && turns <= 2 * settings.laneBatches() && backlog.isReady()) {
      scheduled = true;
      ready.add(this);
    }
  }

  /// A worker's turn: decides what has gathered.
  void takeTurn() {
    gather();
    Batch batch = take();
    try {
      if (!batch.isEmpty()) {
        decide(batch);
      }
    } finally {
      endTurn(batch);
    }
  }

  /// Callers that were answered together come back together, a moment later, and a batch costs
  /// about the same for a few as for some more. Going off with the first of them would leave the
  /// others waiting behind it. So after a large batch this waits until most of those are here who
  /// were waiting or answered when it was over, for a small part of the time that it took. After a
  /// batch of one there is no wait.
  private void gather() {
    int enough;
    long limit;
    synchronized (this) {
      enough = backlog.isOfCallers() ? expectedCallers() : 0;
      limit = Math.min(lastBatchNanos / GATHER_PART, GATHER_MAX_NANOS);
    }
    long start = System.nanoTime();
    while (freeCallers() < enough && System.nanoTime() - start < limit) {
      LockSupport.parkNanos(GATHER_STEP_NANOS);
    }
  }

  private int expectedCallers() {
    return lastCallers < GATHER_FROM
        ? 0
        : present * GATHER_PERCENT / 100 - backlog.callersOnTheWay();
  }

  private synchronized int freeCallers() {
    return backlog.freeCallers();
  }

  private Batch take() {
    Batch batch;
    synchronized (this) {
      try {
        batch = backlog.take();
        turns++;
      } finally {
        scheduled = false;
        schedule();
      }
    }
    settings.observer().queued(-batch.size());
    return batch;
  }

  private void decide(Batch batch) {
    takeBack(LastResort.guard(decider, batch.requests(), () -> decided(batch)));
  }

  private Map<Request, Undecided> decided(Batch batch) {
    whereabouts.note(batch.requests());
    LockOptions locks =
        LockOptions.ofBatch(settings.batchLockTimeout(), knownHeld(), settings.batchRows());
    return decider.decide(batch.requests(), locks, new Behind(batch));
  }

  /// Those of this lane who wait while `batch` is on its way.
  private final class Behind implements Followers {
    private final Batch batch;

    private Behind(Batch batch) {
      this.batch = batch;
    }

    @Override
    public List<Request> join(Predicate<Request> fits) {
      return Lane.this.join(batch, fits);
    }

    @Override
    public void over(Collection<Request> requests) {
      done(batch, requests);
    }
  }

  private List<Request> join(Batch batch, Predicate<Request> fits) {
    List<Request> joined;
    synchronized (this) {
      joined = backlog.join(batch, fits);
    }
    settings.observer().queued(-joined.size());
    whereabouts.note(joined);
    return joined;
  }

  /// Their rows are free, though they are not answered yet: whoever waits for these may go.
  private synchronized void done(Batch batch, Collection<Request> requests) {
    if (requests.isEmpty()) {
      return;
    }
    backlog.done(batch, requests);
    if (batch.isOver() && batch.isOfCallers()) {
      lastCallers = batch.callers();
      lastBatchNanos = batch.ageNanos();
      present = backlog.callers() + backlog.callersOnTheWay() + lastCallers;
    }
    schedule();
  }

  private synchronized Set<HeldRow> knownHeld() {
    return Set.copyOf(heldRows.rows());
  }

  /// Lets those wait that could not be decided: for the next batch, or for the row that they need.
  private void takeBack(Map<Request, Undecided> undecided) {
    if (undecided.isEmpty()) {
      return;
    }
    Map<Request, StockFailure> failed = new LinkedHashMap<>();
    boolean toWatch;
    synchronized (this) {
      long now = System.nanoTime();
      List<Request> next = new ArrayList<>();
      undecided.forEach(
          (request, why) -> {
            switch (why) {
              case Undecided.BatchFull _ -> next.add(request);
              case Undecided.LockAgain _ -> failed.put(request, Failures.misplaced(why));
              case HeldRow row ->
                  heldRows.park(request, row, now).ifPresent(no -> failed.put(request, no));
            }
          });
      backlog.giveBack(next);
      toWatch = !watched && !heldRows.rows().isEmpty();
      watched |= toWatch;
    }
    settings.observer().queued(undecided.size() - failed.size());
    failed.forEach(decider::fail);
    if (toWatch) {
      watcher.watch(this);
    }
  }

  private synchronized void endTurn(Batch batch) {
    turns--;
    done(batch, batch.undone());
    schedule();
    tellIfIdle();
  }

  /// The rows that are still held; when there is none, the watch over this lane is over.
  synchronized List<HeldRow> rowsToWatch() {
    List<HeldRow> rows = heldRows.rows();
    watched = !rows.isEmpty();
    return rows;
  }

  /// Those that waited for `rows` are next: nobody behind them was here before.
  synchronized void freed(Collection<HeldRow> rows) {
    backlog.giveBack(heldRows.free(rows));
    schedule();
  }

  /// Tells those whose patience is over, and those who have waited for a row for long enough.
  void failOverdue(long now) {
    List<Request> overdue;
    List<HeldRows.Waiting> held;
    synchronized (this) {
      overdue = backlog.removeOverdue(now);
      held = heldRows.removeOverdue(now);
    }
    settings.observer().queued(-overdue.size() - held.size());
    overdue.forEach(request -> decider.fail(request, Failures.overdue()));
    held.forEach(waited -> decider.fail(waited.request(), waited.failure(now)));
    synchronized (this) {
      schedule();
      tellIfIdle();
    }
  }

  /// Completes once, when nobody waits and no batch is on its way.
  synchronized CompletableFuture<Void> idle() {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    whenIdle.add(idle);
    tellIfIdle();
    return idle;
  }

  private void tellIfIdle() {
    if (!scheduled && turns == 0 && backlog.isIdle() && heldRows.waiting() == 0) {
      whenIdle.forEach(idle -> idle.complete(null));
      whenIdle.clear();
    }
  }
}
