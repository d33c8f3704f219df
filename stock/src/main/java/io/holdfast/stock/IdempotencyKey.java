package io.holdfast.stock;

import java.util.Objects;

/// A caller's own name for one request, so that repeating it has one effect: 1 to 255 visible ASCII
/// characters. It is scoped to tenant, actor and operation.
public record IdempotencyKey(String value) {
  /// In characters.
  public static final int MAX_LENGTH = 255;

  public IdempotencyKey {
    Objects.requireNonNull(value, "value");
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to " + MAX_LENGTH + " characters, not " + value.length());
    }
    if (!value.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
      throw new IllegalArgumentException("an idempotency key has visible ASCII characters only");
    }
  }
}
