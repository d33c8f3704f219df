package io.holdfast.stock.control;

import io.holdfast.stock.transaction.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/// Requests that wait for their turn, in the order in which they came: the free ones, which can
/// have it now, and those behind somebody who touches the same row, and is on the way or waits as
/// well. So those that touch the same row stay in order, and others pass them.
final class Waiting {
  private final Touched onTheWay;
  private final Deque<Request> free = new ArrayDeque<>();
  private final Deque<Request> behind = new ArrayDeque<>();
  private final Touched touchedFree = new Touched();
  private final Touched touchedBehind = new Touched();

  /// @param onTheWay what the batches that are not over yet touch
  Waiting(Touched onTheWay) {
    this.onTheWay = onTheWay;
  }

  void add(Request request) {
    boolean isBehind = onTheWay.meets(request) || touchedBehind.meets(request);
    (isBehind ? behind : free).add(request);
    (isBehind ? touchedBehind : touchedFree).add(request);
  }

  /// Whether somebody who is here or on the way touches a row that `request` may touch.
  boolean meets(Request request) {
    return onTheWay.meets(request) || touchedBehind.meets(request) || touchedFree.meets(request);
  }

  /// Puts `requests` before all others.
  void addFirst(List<Request> requests) {
    sort(requests);
  }

  /// Takes of the free ones, in their order, those that `batch` lets in.
  void take(Batch batch) {
    Deque<Request> all = new ArrayDeque<>(free);
    free.clear();
    Touched left = new Touched();
    while (!all.isEmpty() && !batch.isFull()) {
      Request next = all.remove();
      if (left.meets(next) || !batch.add(next)) {
        left.add(next);
        free.add(next);
      } else {
        touchedFree.remove(next);
      }
    }
    free.addAll(all);
  }

  /// Sorts all again, since what is on the way has changed.
  ///
  /// Somebody behind may be so because of somebody who is free, and never the other way round. So
  /// the free ones come first, whoever of them came later.
  void sort() {
    sort(List.of());
  }

  private void sort(List<Request> first) {
    Deque<Request> all = new ArrayDeque<>(first);
    all.addAll(free);
    all.addAll(behind);
    behind.clear();
    touchedBehind.clear();
    free.clear();
    touchedFree.clear();
    all.forEach(this::add);
  }

  void removeIf(Predicate<Request> condition) {
    boolean isAnyFree = free.removeIf(condition);
    boolean isAnyBehind = behind.removeIf(condition);
    if (isAnyFree || isAnyBehind) {
      sort();
    }
  }

  /// Whether somebody who is not free touches a row that `request` may touch.
  boolean meetsBehind(Request request) {
    return touchedBehind.meets(request);
  }

  /// How many can have their turn now.
  int free() {
    return free.size();
  }

  int size() {
    return free.size() + behind.size();
  }
}
