package io.holdfast.proof.checker;

import io.holdfast.proof.history.Operation;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.ToLongFunction;

/// How much was taken since the beginning, over time: what surely was, and what may have been.
///
/// Nobody knows when between sending and answer something happened. So what was taken surely was
/// since the answer, and may have been since the sending; what was given back the other way round.
record Taken(Timeline atLeast, Timeline atMost) {

  /// What one operation does to the given entries it does at one moment: what it takes from one
  /// place and gives to another is neither taken nor given.
  ///
  /// @param amount how much is taken by an entry
  static Taken of(List<Entry> entries, ToLongFunction<Entry> amount) {
    Taken taken = new Taken(new Timeline(), new Timeline());
    IdentityHashMap<Operation, Long> told = new IdentityHashMap<>();
    for (Entry entry : entries) {
      if (entry.cause() == Entry.Cause.TOLD) {
        told.merge(entry.deed().operation(), amount.applyAsLong(entry), Math::addExact);
      } else {
        taken.add(entry.when(), amount.applyAsLong(entry));
      }
    }
    told.forEach((operation, net) -> taken.add(Bounds.of(operation), net));
    taken.atLeast.settled();
    taken.atMost.settled();
    return taken;
  }

  private void add(Bounds when, long amount) {
    atLeast.add(amount > 0 ? when.latest() : when.earliest(), amount);
    atMost.add(amount > 0 ? when.earliest() : when.latest(), amount);
  }
}
