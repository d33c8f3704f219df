package io.holdfast.proof.checker;

import io.holdfast.proof.history.Operation;

/// Units of one item taken by one operation, and the bounds of when they were taken and given back.
///
/// Between `latestStart` and `earliestEnd` they are certainly taken; before `earliestStart` and
/// after `latestEnd` they certainly are not. `Long.MAX_VALUE` stands for never.
record Claim(
    Operation operation, String sku, long quantity, Bounds start, Bounds end, boolean expires) {

  record Bounds(long earliest, long latest) {
    static final Bounds NEVER = new Bounds(Long.MAX_VALUE, Long.MAX_VALUE);
  }
}
