package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What waits for its turn in one lane, guarded by it. Callers come first; expiries, for which
/// nobody waits, get the room that they leave. While there are both, a quarter of a batch is theirs
/// whatever the callers want: the stock that they give back is wanted too.
final class Backlog {
  private static final int EXPIRY_PART = 4;

  private final int maxCommands;
  private final int maxRows;
  private final Deque<Request> callers = new ArrayDeque<>();
  private final Deque<Request> expiries = new ArrayDeque<>();

  Backlog(EngineSettings settings) {
    this.maxCommands = settings.batchCommands();
    this.maxRows = settings.batchRows();
  }

  void add(Request request) {
    queueOf(request).add(request);
  }

  /// Puts `requests` where they came from, before all others and in their order.
  void giveBack(List<Request> requests) {
    requests.reversed().forEach(request -> queueOf(request).addFirst(request));
  }

  private Deque<Request> queueOf(Request request) {
    return request.isExpiry() ? expiries : callers;
  }

  /// Takes the next batch out, bounded by commands and by rows; a single command always fits.
  List<Request> take() {
    int part = expiries.isEmpty() ? 0 : EXPIRY_PART;
    List<Request> batch = new ArrayList<>();
    int rows = take(callers, batch, without(maxCommands, part), without(maxRows, part));
    take(expiries, batch, maxCommands, maxRows - rows);
    return batch;
  }

  private static int without(int whole, int part) {
    return part == 0 ? whole : whole - whole / part;
  }

  /// Answers how many rows were taken.
  private static int take(Deque<Request> queue, List<Request> batch, int commands, int rows) {
    int taken = 0;
    while (!queue.isEmpty() && batch.size() < commands) {
      int weight = queue.element().weight();
      if (taken + weight > rows && !batch.isEmpty()) {
        break;
      }
      taken += weight;
      batch.add(queue.remove());
    }
    return taken;
  }

  List<Request> removeOverdue(long now) {
    List<Request> overdue = new ArrayList<>();
    callers.removeIf(request -> request.isOverdue(now) && overdue.add(request));
    expiries.removeIf(request -> request.isOverdue(now) && overdue.add(request));
    return overdue;
  }

  int callers() {
    return callers.size();
  }

  int expiries() {
    return expiries.size();
  }

  boolean isEmpty() {
    return callers.isEmpty() && expiries.isEmpty();
  }
}
