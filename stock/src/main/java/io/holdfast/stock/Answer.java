package io.holdfast.stock;

import java.util.Objects;

/// What a caller is told. `replayed` says that the effect was had by an earlier request with the
/// same idempotency key, and that `outcome` is that request's.
public record Answer(Outcome outcome, boolean replayed) {
  public Answer {
    Objects.requireNonNull(outcome, "outcome");
  }
}
