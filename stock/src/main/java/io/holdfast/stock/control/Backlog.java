package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What waits for its turn in one lane, guarded by it. Callers come first; what is asked in the
/// background gets the room that they leave. A share of each batch is kept for it whatever the
/// callers want, since the stock that an expiry gives back is wanted too; and no more than that
/// share is given to it while there are callers, so that none waits for a large batch of others.
final class Backlog {
  private static final int BACKGROUND_SHARE = 4;

  private final int maxCommands;
  private final int maxRows;
  private final Deque<Request> callers = new ArrayDeque<>();
  private final Deque<Request> background = new ArrayDeque<>();
  private boolean callersLately;

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
    return request.isBackground() ? background : callers;
  }

  /// Takes the next batch out, bounded by commands and by rows; a single command always fits.
  List<Request> take() {
    int shareCommands = background.isEmpty() ? 0 : maxCommands / BACKGROUND_SHARE;
    int shareRows = background.isEmpty() ? 0 : maxRows / BACKGROUND_SHARE;
    List<Request> batch = new ArrayList<>();
    int rows = take(callers, batch, maxCommands - shareCommands, maxRows - shareRows);
    boolean quiet = batch.isEmpty() && !callersLately;
    callersLately = !batch.isEmpty();
    take(background, batch, quiet ? maxCommands : batch.size() + shareCommands, maxRows - rows);
    return batch;
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
    background.removeIf(request -> request.isOverdue(now) && overdue.add(request));
    return overdue;
  }

  int callers() {
    return callers.size();
  }

  int background() {
    return background.size();
  }

  boolean isEmpty() {
    return callers.isEmpty() && background.isEmpty();
  }
}
