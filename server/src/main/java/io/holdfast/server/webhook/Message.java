package io.holdfast.server.webhook;

import java.util.Optional;

/// An event as it is sent.
///
/// @param attempts that were made before
/// @param isKept whether it has a row among the deliveries, because it could not be sent at once
record Message(
    long position, String type, String subject, String body, int attempts, boolean isKept) {

  /// What is to be written of it.
  ///
  /// @param outcome empty: it was not tried
  record Result(Message message, Optional<Outcome> outcome) {
    boolean isTaken() {
      return outcome.isPresent() && outcome.get() instanceof Outcome.Taken;
    }
  }
}
