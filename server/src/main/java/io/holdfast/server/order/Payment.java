package io.holdfast.server.order;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How an order was paid.
///
/// @param reference by which the payment is found where it was made
record Payment(Method method, @Nullable String reference, Instant at) {
  /// Who says that it was paid.
  enum Method {
    /// Somebody of the shop.
    MANUAL("manual"),
    /// The provider that has charged it.
    STRIPE("stripe");

    private final String code;

    Method(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }

    static Method ofCode(String code) {
      return Arrays.stream(values())
          .filter(method -> method.code.equals(code))
          .findFirst()
          .orElseThrow();
    }

    /// As somebody of the shop may say it.
    static Method said(String code) {
      if (code.equals(MANUAL.code)) {
        return MANUAL;
      }
      throw new IllegalArgumentException("must be " + MANUAL.code);
    }
  }
}
