package io.holdfast.proof.ordering;

import org.jspecify.annotations.Nullable;

/// One try to place an order, and its answer.
///
/// @param key of the order, the same for all of its tries
/// @param units of all its lines together
/// @param status 0: there was no answer
/// @param isRetryable whether the answer says when to come again
/// @param number that the order was given
public record Placing(
    int buyer,
    String key,
    long units,
    int status,
    @Nullable String code,
    boolean isRetryable,
    @Nullable String id,
    @Nullable String number,
    String body,
    long startNanos,
    long endNanos) {

  public boolean isPlaced() {
    return status == 201;
  }

  /// It may have taken effect or not: the same key tells.
  public boolean isUnknown() {
    return status == 0 || (status >= 500 && !isBusy());
  }

  /// Nothing took effect, and it may be asked again.
  boolean isBusy() {
    return isRetryable && (status == 503 || status == 429);
  }

  boolean isDefinite() {
    return !isUnknown() && !isBusy();
  }

  public boolean isShort() {
    return status == 409 && "insufficient_stock".equals(code);
  }

  String describe() {
    return "%s by %d: %d %s %s".formatted(key, buyer, status, code, number);
  }
}
