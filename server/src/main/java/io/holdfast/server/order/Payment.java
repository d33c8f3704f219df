package io.holdfast.server.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an order was paid.
///
/// @param reference by which the payment is found where it was made
record Payment(Method method, @Nullable String reference, Instant at) {
  /// Who says that it was paid.
  enum Method {
    /// Somebody of the shop.
    MANUAL("manual");

    private final String code;

    Method(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }

    static Method ofCode(String code) {
      if (code.equals(MANUAL.code)) {
        return MANUAL;
      }
      throw new IllegalArgumentException("must be " + MANUAL.code);
    }
  }
}
