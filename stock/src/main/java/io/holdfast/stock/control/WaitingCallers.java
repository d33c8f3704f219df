package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.transaction.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/// Callers who wait for their turn, in the order in which they came. Free are those who can have it
/// now. The others are behind somebody who touches the same row and is on the way or waits as well.
/// So those who touch the same row stay in order, and others pass them.
///
/// Only the first are looked at, a few batches of them. The others wait until there is room, so
/// that what a batch costs does not grow with the crowd.
final class WaitingCallers {
  private static final int BATCHES = 4;

  private final Touched onTheWay;
  private final int maxKnown;
  private final long maxKnownRows;
  private final Deque<Request> known = new ArrayDeque<>();
  private final Deque<Request> later = new ArrayDeque<>();
  private final Touched touchedBehind = new Touched();
  private int free;
  private long knownRows;

  /// @param onTheWay what the batches that are not over yet touch
  WaitingCallers(EngineSettings settings, Touched onTheWay) {
    this.onTheWay = onTheWay;
    this.maxKnown = BATCHES * settings.batchCommands();
    this.maxKnownRows = (long) BATCHES * settings.batchRows();
  }

  void add(Request request) {
    later.add(request);
    fill();
  }

  /// Puts `requests` before all others.
  void addFirst(List<Request> requests) {
    requests.reversed().forEach(known::addFirst);
    sort();
  }

  /// Takes of the free ones, in their order, those that `batch` lets in.
  void take(Batch batch) {
    take(batch, request -> !onTheWay.meets(request));
  }

  /// Takes those along, in their order, who fit into a batch that is on its way, and whom it lets
  /// in.
  void join(Batch batch, Predicate<Request> fits) {
    take(batch, fits);
  }

  private void take(Batch batch, Predicate<Request> may) {
    Deque<Request> all = new ArrayDeque<>(known);
    known.clear();
    Touched left = new Touched();
    while (!all.isEmpty() && !batch.isFull()) {
      Request next = all.remove();
      if (left.meets(next) || !may.test(next) || !batch.add(next)) {
        left.add(next);
        known.add(next);
      }
    }
    known.addAll(all);
  }

  /// Finds out anew who is free, since what is on the way or who waits has changed.
  void sort() {
    touchedBehind.clear();
    free = 0;
    knownRows = 0;
    known.forEach(this::sort);
    fill();
  }

  private void sort(Request request) {
    knownRows += request.weight();
    if (onTheWay.meets(request) || touchedBehind.meets(request)) {
      touchedBehind.add(request);
    } else {
      free++;
    }
  }

  private void fill() {
    while (!later.isEmpty() && known.size() < maxKnown && knownRows < maxKnownRows) {
      Request next = later.remove();
      known.add(next);
      sort(next);
    }
  }

  void removeIf(Predicate<Request> condition) {
    later.removeIf(condition);
    if (known.removeIf(condition)) {
      sort();
    }
  }

  /// Whether somebody who is not free touches a row that `request` may touch.
  boolean meetsBehind(Request request) {
    return touchedBehind.meets(request);
  }

  /// Whether somebody who is here or on the way may touch a row that `request` may touch.
  boolean meets(Request request) {
    Touched own = new Touched();
    own.add(request);
    return !later.isEmpty() || onTheWay.meets(request) || known.stream().anyMatch(own::meets);
  }

  /// How many can have their turn now.
  int free() {
    return free;
  }

  boolean isAnybodyBehind() {
    return free < known.size() + later.size();
  }

  int size() {
    return known.size() + later.size();
  }
}
