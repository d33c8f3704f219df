package io.holdfast.server.machine;

import java.time.Duration;
import java.time.Instant;

/// How far the time of a signature may be from the time of whoever looks at it, both ways.
final class Tolerance {
  /// A nonce is kept three times as long, which the schema says (`forget_machine_nonces`): once for
  /// a request of the future, once for one of the past, and once for a clock that is set.
  static final int SECONDS = 300;

  private static final Duration MAX = Duration.ofSeconds(SECONDS);

  private Tolerance() {}

  static void require(SignedRequest request, Instant now) {
    Duration between = Duration.between(Instant.ofEpochSecond(request.timestamp()), now);
    if (between.abs().compareTo(MAX) > 0) {
      throw SignatureRefused.of(RefusedFor.TIME);
    }
  }
}
