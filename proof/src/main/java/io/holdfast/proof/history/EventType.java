package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How far a call has come, as its caller knows.
public enum EventType {
  /// Sent, or about to be.
  INVOKE,
  /// Answered yes.
  OK,
  /// Answered a definite no.
  REFUSED,
  /// No definite answer: it may have taken effect once or not at all.
  UNKNOWN;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
