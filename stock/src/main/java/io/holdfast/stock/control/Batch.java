package io.holdfast.stock.control;

import io.holdfast.stock.transaction.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A batch, bounded by commands and by reservation lines while it is put together; a single command
/// always fits. On its way it has the rows of those who are not done yet.
final class Batch {
  private final List<Request> requests = new ArrayList<>();
  private final Set<Request> undone = new HashSet<>();
  private final Touched touched = new Touched();
  private int maxCommands;
  private int maxRows;
  private int rows;
  private int anyBelow;
  private boolean isFull;

  /// Lets in so many, with those who are in already.
  ///
  /// @param newAnyBelow when there are so many, only those who touch a row of somebody who is in:
  ///   they could not be in another batch meanwhile
  void open(int newMaxCommands, int newMaxRows, int newAnyBelow) {
    maxCommands = newMaxCommands;
    maxRows = newMaxRows;
    anyBelow = newAnyBelow;
    isFull = false;
  }

  /// Whether it is in.
  boolean add(Request request) {
    if (requests.size() >= anyBelow && !touched.meets(request)) {
      return false;
    }
    if (rows + request.weight() > maxRows && !requests.isEmpty()) {
      isFull = true;
      return false;
    }
    requests.add(request);
    undone.add(request);
    touched.add(request);
    rows += request.weight();
    return true;
  }

  boolean isFull() {
    return isFull || requests.size() >= maxCommands;
  }

  List<Request> requests() {
    return Collections.unmodifiableList(requests);
  }

  /// Those who are not done yet.
  List<Request> undone() {
    return List.copyOf(undone);
  }

  /// Whether it was not done before.
  boolean remove(Request done) {
    return undone.remove(done);
  }

  /// Whether all are done.
  boolean isOver() {
    return undone.isEmpty();
  }

  /// Whether it is one of callers; what is asked in the background may come along.
  boolean isOfCallers() {
    return callers() > 0;
  }

  int callers() {
    return Math.toIntExact(requests.stream().filter(request -> !request.isBackground()).count());
  }

  int size() {
    return requests.size();
  }
}
