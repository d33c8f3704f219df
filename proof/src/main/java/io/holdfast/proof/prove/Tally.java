package io.holdfast.proof.prove;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Event;
import java.util.concurrent.atomic.LongAdder;

/// What has happened so far, for a progress line. Any thread may add.
final class Tally {

  private final LongAdder attempts = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  void add(Event event) {
    if (event.f() == Action.READ) {
      return;
    }
    switch (event.type()) {
      case INVOKE -> attempts.increment();
      case OK -> accepted.increment();
      case REFUSED -> refused.increment();
      case UNKNOWN -> unknown.increment();
    }
  }

  @Override
  public String toString() {
    long open = attempts.sum() - accepted.sum() - refused.sum() - unknown.sum();
    return "%,d attempts, %,d accepted, %,d refused, %,d unknown, %,d under way"
        .formatted(attempts.sum(), accepted.sum(), refused.sum(), unknown.sum(), open);
  }
}
