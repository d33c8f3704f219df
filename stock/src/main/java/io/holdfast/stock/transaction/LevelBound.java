package io.holdfast.stock.transaction;

import static java.util.stream.Collectors.toSet;

import io.holdfast.stock.store.LevelRange;
import io.holdfast.stock.store.StockLevels;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// How many levels one transaction loads at most. A line that names no location loads every level
/// that its item has, and how many these are is known only then.
///
/// What the first request needs is loaded however much it is, and all who need no more than that
/// come with it: a crowd before one item is one batch, at however many locations the item lies.
final class LevelBound {
  static final LevelBound NONE = new LevelBound(List.of(), Integer.MAX_VALUE);

  private final List<Request> requests;
  private final int maxRows;
  private final boolean isBounded;

  LevelBound(List<Request> requests, int maxRows) {
    this.requests = requests;
    this.maxRows = maxRows;
    this.isBounded = requests.size() > 1 && isMoreThanTheFirst();
  }

  private boolean isMoreThanTheFirst() {
    Set<LevelRange> first = new HashSet<>(requests.getFirst().footprint().levels());
    return requests.stream()
        .flatMap(LevelBound::wholeItems)
        .anyMatch(item -> !first.contains(item));
  }

  /// A batch would load more than it may. Those who fit are to be tried on their own; the others
  /// have learned what they weigh, about.
  static final class Exceeded extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    final transient List<Request> fitting;

    private Exceeded(List<Request> fitting) {
      super("too many levels for one transaction", null, false, false);
      this.fitting = fitting;
    }
  }

  /// How many rows a load may find: one more than there may be, so that it shows.
  long limit() {
    return isBounded ? maxRows + 1L : Long.MAX_VALUE;
  }

  void check(List<StockLevels.Loaded> found) {
    if (isBounded && found.size() > maxRows) {
      throw exceeded(found);
    }
  }

  /// There is room for as many items as were found whole, and at most for half of those that are
  /// asked for, so that a batch is not cut again and again.
  private Exceeded exceeded(List<StockLevels.Loaded> found) {
    Map<LevelRange, Integer> askers = new HashMap<>();
    requests.stream()
        .flatMap(LevelBound::wholeItems)
        .forEach(item -> askers.merge(item, 1, Integer::sum));
    long seen =
        found.stream()
            .map(StockLevels.Loaded::range)
            .filter(askers::containsKey)
            .distinct()
            .count();
    int whole = (int) Math.max(1, seen - 1);
    List<Request> fitting = fitting(Math.min(whole, askers.size() / 2));
    int levels = Math.ceilDiv(found.size(), whole);
    List<Request> left = new ArrayList<>(requests);
    left.removeAll(new HashSet<>(fitting));
    left.forEach(request -> learnWeight(request, levels, askers));
    return new Exceeded(fitting);
  }

  /// Those who ask for so many items at most, or for no others than the first. Whoever touches a
  /// row of somebody who is left out stays behind him.
  private List<Request> fitting(int items) {
    Set<LevelRange> asked = wholeItems(requests.getFirst()).collect(toSet());
    int most = Math.max(items, asked.size());
    Set<Integer> leftOut = new HashSet<>();
    boolean isMoreLeftOut = false;
    List<Request> fitting = new ArrayList<>();
    for (Request request : requests) {
      List<LevelRange> more =
          wholeItems(request).filter(item -> !asked.contains(item)).distinct().toList();
      boolean isBehind =
          isMoreLeftOut
              || (request.touchesMore() && !leftOut.isEmpty())
              || Arrays.stream(request.touched()).anyMatch(leftOut::contains);
      if (isBehind || asked.size() + more.size() > most) {
        Arrays.stream(request.touched()).forEach(leftOut::add);
        isMoreLeftOut |= request.touchesMore();
      } else {
        asked.addAll(more);
        fitting.add(request);
      }
    }
    return fitting;
  }

  /// Who asks for the same item as others weighs a part of it, so that all of them are no more than
  /// a batch.
  private void learnWeight(Request request, int levels, Map<LevelRange, Integer> askers) {
    int share =
        wholeItems(request)
            .mapToInt(item -> askers.getOrDefault(item, 1))
            .map(asking -> Math.max(0, Math.min(levels, maxRows - asking)) / asking)
            .sum();
    request.learnWeight(Math.max(request.weight(), request.footprint().lines() + share));
  }

  private static Stream<LevelRange> wholeItems(Request request) {
    return request.footprint().levels().stream().filter(range -> range.location() == null);
  }
}
