package io.holdfast.proof.checker;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A quantity over time, as a step function that starts at zero.
final class Timeline {

  private final NavigableMap<Long, Long> changes = new TreeMap<>();
  private NavigableMap<Long, Long> values = new TreeMap<>();

  /// A change at a moment; at `Long.MAX_VALUE` it never comes.
  void add(long moment, long change) {
    if (moment < Long.MAX_VALUE) {
      changes.merge(moment, change, Math::addExact);
    }
  }

  /// Everything that another one does before a moment, when all of it is taken back.
  void addUntil(long moment, Timeline other) {
    long sum = 0;
    for (Map.Entry<Long, Long> change : other.changes.headMap(moment).entrySet()) {
      add(change.getKey(), change.getValue());
      sum += change.getValue();
    }
    add(moment, -sum);
  }

  /// To be called between the last [#add] and the first question.
  Timeline settled() {
    values = new TreeMap<>();
    values.put(Long.MIN_VALUE, 0L);
    long value = 0;
    for (Map.Entry<Long, Long> change : changes.entrySet()) {
      value += change.getValue();
      values.put(change.getKey(), value);
    }
    return this;
  }

  long max(long from, long to) {
    return window(from, to).values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  long min(long from, long to) {
    return window(from, to).values().stream().mapToLong(Long::longValue).min().orElse(0);
  }

  /// The first moment when it was more than that, or `Long.MAX_VALUE`.
  long firstAbove(long limit) {
    return values.entrySet().stream()
        .filter(entry -> entry.getValue() > limit)
        .mapToLong(Map.Entry::getKey)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private NavigableMap<Long, Long> window(long from, long to) {
    return values.subMap(values.floorKey(from), true, to, true);
  }
}
