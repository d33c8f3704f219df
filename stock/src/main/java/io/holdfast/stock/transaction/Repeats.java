package io.holdfast.stock.transaction;

import java.util.Map;

/// How many of the last requests with a key had no effect: were repeated, or refused. If they are
/// few, it costs less to look for keys after the decision, see [KeyLookup].
final class Repeats {
  /// How much one transaction counts beside all before it: one that was undone because of a repeat
  /// is forgotten after some 25 in which there was none.
  private static final double NEWEST = 0.05;

  private static final double FEW = 0.25;

  private double share;

  synchronized KeyLookup lookup() {
    return share > FEW ? KeyLookup.BEFORE : KeyLookup.AFTER;
  }

  void count(Map<Request, Verdict> verdicts) {
    int withKey = 0;
    int withoutEffect = 0;
    for (Map.Entry<Request, Verdict> entry : verdicts.entrySet()) {
      if (entry.getKey().key().isPresent()) {
        withKey++;
        withoutEffect += entry.getValue().isEffect() ? 0 : 1;
      }
    }
    if (withKey > 0) {
      count((double) withoutEffect / withKey);
    }
  }

  private synchronized void count(double newest) {
    share += NEWEST * (newest - share);
  }

  /// A transaction was undone: a key that had been taken for new was not.
  synchronized void undone() {
    share = 1;
  }
}
