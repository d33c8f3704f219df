package io.holdfast.proof.registration;

import org.jspecify.annotations.Nullable;

/// One call of somebody who wants a name, and its answer.
///
/// @param name index of the name
/// @param claimant who asks: each has a password of their own
/// @param status 0: there was no answer
/// @param isRetryable whether the answer says when to come again
public record Attempt(
    int name,
    int claimant,
    Kind kind,
    String spelling,
    int status,
    @Nullable String code,
    @Nullable String detail,
    boolean isRetryable,
    long startNanos,
    long endNanos) {

  /// What is asked for.
  public enum Kind {
    REGISTER,
    LOG_IN
  }

  public boolean isUnknown() {
    return status == 0;
  }

  /// Nothing took effect, and it may be asked again.
  boolean isBusy() {
    return isRetryable && (status == 503 || status == 429);
  }

  public boolean isTaken() {
    return status == 400
        && "username_taken".equals(code)
        && "Username already registered".equals(detail);
  }

  String describe() {
    return "%s of %s by %d: %d %s %s".formatted(kind, spelling, claimant, status, code, detail);
  }
}
