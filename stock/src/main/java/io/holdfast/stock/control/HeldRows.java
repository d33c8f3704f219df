package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.transaction.HeldRow;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One tenant's rows that somebody outside is known to hold, and the requests that wait for them,
/// guarded by their lane. They have left its queue, so that the others go on; when the row is free
/// they come back. A request that wants that row and a second one delays nobody at the second.
///
/// Bounded: those who wait here take at most half of the lane's places, so that a crowd before one
/// row leaves room for the others. A request waits up to the lock timeout for its row. A row that
/// nobody has asked for as long is forgotten.
final class HeldRows {
  private final int capacity;
  private final long lockTimeoutNanos;
  private final Map<HeldRow, Asked> rows = new LinkedHashMap<>();
  private int waiting;

  HeldRows(EngineSettings settings) {
    this.capacity = Math.max(1, settings.laneCapacity() / 2);
    this.lockTimeoutNanos = settings.lockTimeout().toNanos();
  }

  /// A request that waits for a row, and since when.
  record Waiting(Request request, HeldRow row, long sinceNanos) {

    /// Why it has waited for long enough.
    StockFailure failure(long now) {
      return request.isOverdue(now) ? Failures.overdue() : Failures.held(row);
    }
  }

  private static final class Asked {
    private final List<Waiting> waiting = new ArrayList<>();
    private long lastNanos;
  }

  /// Lets the request wait for the row; a failure says why it can't.
  ///
  /// What is asked in the background does not wait: it will be asked again.
  Optional<StockFailure> park(Request request, HeldRow row, long now) {
    Asked asked = rows.computeIfAbsent(row, _ -> new Asked());
    asked.lastNanos = now;
    if (request.isBackground()) {
      return Optional.of(Failures.held(row));
    }
    if (waiting >= capacity) {
      return Optional.of(Failures.laneFull(waiting));
    }
    asked.waiting.add(new Waiting(request, row, now));
    waiting++;
    return Optional.empty();
  }

  /// Forgets rows that are free now, and gives out the requests that waited for them, in the order
  /// in which they came.
  List<Request> free(Collection<HeldRow> freed) {
    List<Request> back = new ArrayList<>();
    for (HeldRow row : freed) {
      Asked asked = rows.remove(row);
      if (asked != null) {
        asked.waiting.forEach(one -> back.add(one.request()));
      }
    }
    waiting -= back.size();
    return back;
  }

  /// Takes out the requests that have waited for long enough, and forgets what nobody asks for.
  List<Waiting> removeOverdue(long now) {
    List<Waiting> overdue = new ArrayList<>();
    for (Asked asked : rows.values()) {
      asked.waiting.removeIf(one -> isOverdue(one, now) && overdue.add(one));
    }
    rows.values()
        .removeIf(asked -> asked.waiting.isEmpty() && now - asked.lastNanos > lockTimeoutNanos);
    waiting -= overdue.size();
    return overdue;
  }

  private boolean isOverdue(Waiting one, long now) {
    return one.request.isOverdue(now) || now - one.sinceNanos > lockTimeoutNanos;
  }

  /// How many requests wait.
  int waiting() {
    return waiting;
  }

  /// The rows, those that have been held the longest first.
  List<HeldRow> rows() {
    return List.copyOf(rows.keySet());
  }
}
