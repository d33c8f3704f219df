package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What waits for its turn in one lane, and which batches are on their way; guarded by it.
///
/// Batches that are on their way at the same time touch different rows, so far as is known, and so
/// none of them waits for the other in the database. Each takes its part of the callers who could
/// go: with all of them in one there would be nobody for the other. Those who want the same row as
/// somebody in a batch are in it, too, however many there are.
///
/// What is asked in the background disturbs callers as little as can be. It has batches of its own,
/// which are small while there are callers: few want one of its rows, and none waits long for it. A
/// batch of callers takes along only what wants the same rows, and that up to a share, since the
/// stock that an expiry gives back is wanted, too.
final class Backlog {
  /// Of a batch of callers, in parts of the whole.
  private static final int BACKGROUND_SHARE = 4;

  /// Of a batch beside those of callers, in parts of the largest.
  private static final int SMALL_SHARE = 20;

  /// When nobody has called for so long, nobody is disturbed.
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int maxCommands;
  private final int maxRows;
  private final int maxBatches;
  private final Touched onTheWay = new Touched();
  private final WaitingCallers callers;
  private final Deque<Request> background = new ArrayDeque<>();
  private int callersBatches;
  private int callersOnTheWay;
  private int backgroundBatches;
  private long lastCallersNanos = System.nanoTime() - QUIET_NANOS;
  private boolean isBackgroundNext;
  private boolean isBackgroundBlocked;

  Backlog(EngineSettings settings) {
    this.maxCommands = settings.batchCommands();
    this.maxRows = settings.batchRows();
    this.maxBatches = settings.laneBatches();
    this.callers = new WaitingCallers(settings, onTheWay);
  }

  void add(Request request) {
    if (request.isBackground()) {
      background.add(request);
    } else {
      callers.add(request);
    }
  }

  /// Puts `requests` where they came from, before all others and in their order.
  void giveBack(List<Request> requests) {
    callers.addFirst(requests.stream().filter(request -> !request.isBackground()).toList());
    requests.reversed().stream().filter(Request::isBackground).forEach(background::addFirst);
  }

  /// Whether there is somebody to be taken.
  boolean isReady() {
    return areCallersReady() || isBackgroundReady();
  }

  /// Whether the next batch is one of callers.
  boolean isOfCallers() {
    return areCallersReady() && !(isBackgroundNext && isBackgroundReady());
  }

  private boolean areCallersReady() {
    return callers.free() > 0 && callersBatches < maxBatches;
  }

  private boolean isBackgroundReady() {
    return !background.isEmpty() && !isBackgroundBlocked && backgroundBatches < maxBatches;
  }

  private boolean isQuiet() {
    return callersBatches == 0
        && callers.size() == 0
        && System.nanoTime() - lastCallersNanos >= QUIET_NANOS;
  }

  /// Takes the next batch out; it is on its way until all who are in it are [#done]. Empty if there
  /// is nobody after all.
  Batch take() {
    Batch batch = isOfCallers() ? ofCallers() : ofBackground();
    goOff(batch.requests());
    return batch;
  }

  private void goOff(List<Request> requests) {
    if (!requests.isEmpty()) {
      requests.forEach(onTheWay::add);
      callers.sort();
    }
  }

  private Batch ofCallers() {
    int shareCommands = background.isEmpty() ? 0 : maxCommands / BACKGROUND_SHARE;
    int shareRows = background.isEmpty() ? 0 : maxRows / BACKGROUND_SHARE;
    Batch batch = new Batch();
    int part = Math.ceilDiv(callers.free() + callersOnTheWay, maxBatches);
    batch.open(maxCommands - shareCommands, maxRows - shareRows, part);
    callers.take(batch);
    callersBatches++;
    callersOnTheWay += batch.callers();
    batch.openForMore(shareCommands, maxRows);
    takeBackground(batch, shareCommands);
    lastCallersNanos = System.nanoTime();
    isBackgroundNext = true;
    return batch;
  }

  private Batch ofBackground() {
    Batch batch = new Batch();
    int most = isQuiet() ? maxCommands : Math.max(1, maxCommands / SMALL_SHARE);
    batch.open(most, maxRows, most);
    takeBackground(batch, 2 * most);
    if (batch.isEmpty()) {
      isBackgroundBlocked = !background.isEmpty();
    } else {
      backgroundBatches++;
      isBackgroundNext = false;
    }
    return batch;
  }

  /// @param looks how many are looked at: the others have their turn when these are through
  private void takeBackground(Batch batch, int looks) {
    List<Request> left = new ArrayList<>();
    for (int i = 0; i < looks && !background.isEmpty() && !batch.isFull(); i++) {
      Request next = background.remove();
      if (onTheWay.meets(next) || callers.meetsBehind(next) || !batch.add(next)) {
        left.add(next);
      }
    }
    left.reversed().forEach(background::addFirst);
  }

  /// Has a batch on its way take those along who wait for its rows, and fit.
  List<Request> join(Batch batch, Predicate<Request> fits) {
    if (!batch.isOfCallers() || !callers.isAnybodyBehind()) {
      return List.of();
    }
    int before = batch.size();
    batch.open(maxCommands, maxRows, 0);
    callers.join(batch, fits);
    List<Request> joined = List.copyOf(batch.requests().subList(before, batch.size()));
    callersOnTheWay += joined.size();
    goOff(joined);
    return joined;
  }

  /// These of the batch touch nothing any more.
  void done(Batch batch, Collection<Request> requests) {
    if (requests.isEmpty()) {
      return;
    }
    for (Request request : requests) {
      if (batch.remove(request)) {
        onTheWay.remove(request);
        callersOnTheWay -= request.isBackground() ? 0 : 1;
        if (batch.isOver()) {
          end(batch);
        }
      }
    }
    if (callers.isAnybodyBehind()) {
      callers.sort();
    }
    isBackgroundBlocked = false;
  }

  private void end(Batch batch) {
    if (batch.isOfCallers()) {
      callersBatches--;
    } else {
      backgroundBatches--;
    }
  }

  List<Request> removeOverdue(long now) {
    List<Request> overdue = new ArrayList<>();
    callers.removeIf(request -> request.isOverdue(now) && overdue.add(request));
    background.removeIf(request -> request.isOverdue(now) && overdue.add(request));
    isBackgroundBlocked &= overdue.isEmpty();
    return overdue;
  }

  /// How many callers could have their turn now.
  int freeCallers() {
    return callers.free();
  }

  int callersOnTheWay() {
    return callersOnTheWay;
  }

  int callers() {
    return callers.size();
  }

  /// Whether any caller touches a row that `caller` may touch.
  boolean meets(Request caller) {
    return callers.meets(caller);
  }

  int background() {
    return background.size();
  }

  /// Whether nobody waits and nobody is on the way.
  boolean isIdle() {
    return onTheWay.isEmpty() && callers.size() == 0 && background.isEmpty();
  }
}
