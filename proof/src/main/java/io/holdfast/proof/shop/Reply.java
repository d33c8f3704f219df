package io.holdfast.proof.shop;

import io.holdfast.proof.history.Told;

/// What an answer means.
public sealed interface Reply {

  record Accepted(Told told) implements Reply {}

  /// A definite no.
  record Refused(String code) implements Reply {}

  /// No definite answer; ask again, with the same key, after so long.
  record Unclear(String code, int retryAfterMillis) implements Reply {}
}
