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
  private final long startNanos = System.nanoTime();
  private final List<Request> requests = new ArrayList<>();
  private final Set<Request> undone = new HashSet<>();
  private final Touched touched = new Touched();
  private int maxCommands;
  private int maxRows;
  private int anyBelow;
  private int rows;
  private int callers;
  private boolean isFull;

  /// Lets in up to so many.
  ///
  /// @param part when there are so many, only those who touch a row of somebody who is in: they
  ///   could not be in another batch meanwhile
  void open(int commands, int lines, int part) {
    maxCommands = commands;
    maxRows = lines;
    anyBelow = part;
    isFull = false;
  }

  /// Lets in so many more of those who touch a row of somebody who is in.
  void openForMore(int commands, int lines) {
    open(requests.size() + commands, lines, 0);
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
    callers += request.isBackground() ? 0 : 1;
    return true;
  }

  boolean isFull() {
    return isFull || requests.size() >= maxCommands;
  }

  List<Request> requests() {
    return Collections.unmodifiableList(requests);
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }

  int size() {
    return requests.size();
  }

  /// Of its requests; the others are asked in the background, and may come along.
  int callers() {
    return callers;
  }

  boolean isOfCallers() {
    return callers > 0;
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

  long ageNanos() {
    return System.nanoTime() - startNanos;
  }
}
