package io.holdfast.stock;

/// What a caller is told. `replayed` says that the effect was had by an earlier request with the
/// same idempotency key, and that `outcome` is that request's.
public record Answer(Outcome outcome, boolean replayed) {}
