package io.holdfast.stock.control;

import io.holdfast.stock.transaction.HeldRow;
import io.holdfast.stock.transaction.RowLook;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Tells lanes when rows that somebody outside held are free again.
///
/// All held rows of a lane are looked at by one statement, again and again. In between, one of them
/// is waited for a moment in the row's own queue, each in its turn: a look that never queues would
/// hardly find a moment at which a row that others pass from hand to hand is free.
///
/// Bounded: a few connections, whatever number of rows is held in whatever number of lanes.
final class RowWatcher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RowWatcher.class.getName());
  private static final int MAX_CONNECTIONS = 4;
  private static final Duration WAIT = Duration.ofMillis(250);

  private final RowLook look;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore connections = new Semaphore(MAX_CONNECTIONS, true);

  RowWatcher(RowLook look) {
    this.look = look;
  }

  /// Watches the lane's held rows until none is left.
  void watch(Lane lane) {
    threads.execute(() -> watchAll(lane));
  }

  private void watchAll(Lane lane) {
    List<HeldRow> rows = lane.rowsToWatch();
    for (int turn = 0; !rows.isEmpty() && !threads.isShutdown(); turn++) {
      lane.freed(freeOf(lane, rows, rows.get(turn % rows.size())));
      rows = lane.rowsToWatch();
    }
  }

  /// When it can't be found out, whoever needs a row will find out what is wrong.
  private Collection<HeldRow> freeOf(Lane lane, List<HeldRow> rows, HeldRow next) {
    connections.acquireUninterruptibly();
    try {
      return freeNow(lane, rows, next);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "could not look after rows that are held", e);
      return rows;
    } finally {
      connections.release();
    }
  }

  private Collection<HeldRow> freeNow(Lane lane, List<HeldRow> rows, HeldRow next)
      throws SQLException {
    Set<HeldRow> free = look.free(lane.tenant(), rows);
    if (free.isEmpty() && look.awaitFree(lane.tenant(), next, WAIT)) {
      return List.of(next);
    }
    return free;
  }

  /// Ends within the moment that a row is waited for.
  @Override
  public void close() {
    threads.close();
  }
}
