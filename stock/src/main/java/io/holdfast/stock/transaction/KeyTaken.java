package io.holdfast.stock.transaction;

import java.io.Serial;

/// Another transaction was first with an idempotency key of ours: decide again, and find its
/// answer.
final class KeyTaken extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  KeyTaken() {
    super("another transaction was first with an idempotency key", null, false, false);
  }
}
