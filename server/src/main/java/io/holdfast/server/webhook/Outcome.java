package io.holdfast.server.webhook;

import java.time.Duration;
import java.util.Locale;

/// What became of an attempt.
sealed interface Outcome {

  /// It was answered with a 2xx.
  record Taken() implements Outcome {}

  /// It was answered with something else.
  ///
  /// @param retryAfter how long the receiver wants to be left alone; zero: it says nothing
  record Refused(int status, Duration retryAfter) implements Outcome {}

  /// It was not answered.
  record Failed(Fault fault) implements Outcome {}

  /// Why there was no answer, as it is told.
  enum Fault {
    UNKNOWN_HOST,
    ADDRESS_NOT_ALLOWED,
    NOT_CONNECTED,
    NOT_TRUSTED,
    CONNECTION_LOST,
    TIMED_OUT;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
