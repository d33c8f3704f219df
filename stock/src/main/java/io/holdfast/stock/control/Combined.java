package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.Request;
import io.holdfast.stock.transaction.RowLook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Commands wait in their tenant's lane, and one transaction decides as many as have gathered.
///
/// **Why it is fast.** A command alone costs a transaction: its round trips, its locks, its COMMIT
/// with the disk behind it. When everybody wants the same row, that row is locked for the whole of
/// it, and buyers pass one by one. Here the lock is taken once for all who came meanwhile, the
/// decisions are made in memory one after the other, and one COMMIT makes all of them durable. The
/// more want the same thing, the larger the batch, the less each pays.
///
/// **Why it is right.** Within a batch there is one thread and one order, and each decision sees
/// what the one before left. Between batches, nodes and everybody else there are the row locks,
/// taken in one order before anything is read. Nobody is answered before the COMMIT is.
///
/// **Who waits for whom.** A lane has a few batches on their way at a time, which touch different
/// rows, see [Backlog]; ready lanes queue up for the workers, so that tenants take turns. A command
/// alone goes at once: there is no delay to gather others, they gather while the batches before
/// them are on their way. A row held by somebody outside takes the commands that need it out of the
/// lane's queue, see [HeldRows].
///
/// **What ends.** A lane and a batch are bounded, and so is a wait: a request whose caller's
/// patience is over is told so by the watch, whatever the lane is busy with.
final class Combined implements ConcurrencyControl {
  private static final System.Logger LOG = System.getLogger(Combined.class.getName());
  private static final long WATCH_MILLIS = 100;

  private final Decider decider;
  private final EngineSettings settings;
  private final ConcurrentMap<TenantId, Lane> lanes = new ConcurrentHashMap<>();
  private final BlockingQueue<Lane> ready = new LinkedBlockingQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private final ScheduledExecutorService watch;
  private final RowWatcher rowWatcher;
  private final Whereabouts whereabouts = new Whereabouts();
  private volatile boolean ended;

  Combined(Decider decider, RowLook rowLook, EngineThreads threads, EngineSettings settings) {
    this.decider = decider;
    this.settings = settings;
    this.rowWatcher = new RowWatcher(rowLook);
    this.watch =
        new ScheduledThreadPoolExecutor(1, threads.builder().name("holdfast-watch").factory());
    var _ =
        watch.scheduleAtFixedRate(
            this::failOverdue, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    for (int i = 0; i < settings.workers(); i++) {
      workers.add(threads.builder().name("holdfast-lane-" + i).start(this::work));
    }
  }

  @Override
  public void submit(Request request) {
    Lane lane = lanes.computeIfAbsent(request.call().tenant(), this::newLane);
    whereabouts.tell(request);
    if (!lane.offer(request)) {
      decider.fail(request, Failures.laneFull(settings.laneCapacity()));
    }
  }

  private Lane newLane(TenantId tenant) {
    return new Lane(tenant, decider, settings, ready, rowWatcher, whereabouts);
  }

  private void work() {
    while (!ended) {
      try {
        ready.take().takeTurn();
      } catch (InterruptedException e) {
        // By the end, which the loop looks for, or by somebody whose business it was not.
        LOG.log(System.Logger.Level.DEBUG, "a worker is interrupted", e);
      } catch (Throwable e) {
        LOG.log(System.Logger.Level.ERROR, "a worker's turn failed, it goes on", e);
      }
    }
  }

  private void failOverdue() {
    long now = System.nanoTime();
    for (Lane lane : lanes.values()) {
      try {
        lane.failOverdue(now);
      } catch (Throwable e) {
        LOG.log(System.Logger.Level.ERROR, "the watch over a lane failed, it goes on", e);
      }
    }
  }

  @Override
  public void drain() {
    CompletableFuture.allOf(
            lanes.values().stream().map(Lane::idle).toArray(CompletableFuture[]::new))
        .join();
    // The watch may still be telling those whom it took out of the lanes.
    watch.close();
    rowWatcher.close();
    ended = true;
    workers.forEach(Thread::interrupt);
  }
}
