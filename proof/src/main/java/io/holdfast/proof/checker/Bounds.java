package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Operation;

/// Something happened not before `earliest` and not after `latest`. `Long.MAX_VALUE` stands for
/// never.
record Bounds(long earliest, long latest) {

  static Bounds of(Operation operation) {
    Call.Span effect = operation.effect();
    return new Bounds(effect.start(), effect.end());
  }

  boolean isSurelyOver(long moment) {
    return latest <= moment;
  }

  boolean isSurelyAfter(Bounds other) {
    return earliest >= other.latest;
  }
}
