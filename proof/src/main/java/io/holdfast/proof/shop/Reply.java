package io.holdfast.proof.shop;

import io.holdfast.proof.history.Stock;
import org.jspecify.annotations.Nullable;

/// What an answer means.
public sealed interface Reply {

  record Accepted(@Nullable String reservation, @Nullable Stock stock) implements Reply {}

  /// A definite no.
  record Refused(String code) implements Reply {}

  /// No definite answer; ask again, with the same key, after so long.
  record Unclear(String code, int retryAfterMillis) implements Reply {}
}
