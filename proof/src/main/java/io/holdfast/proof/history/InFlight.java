package io.holdfast.proof.history;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How much was under way at once.
public final class InFlight {
  private InFlight() {}

  /// The most at one moment.
  public static int peak(List<Call.Span> spans) {
    Map<Long, Integer> changes = new TreeMap<>();
    for (Call.Span span : spans) {
      changes.merge(span.start(), 1, Integer::sum);
      changes.merge(span.end(), -1, Integer::sum);
    }
    int peak = 0;
    int now = 0;
    for (int change : changes.values()) {
      now += change;
      peak = Math.max(peak, now);
    }
    return peak;
  }
}
