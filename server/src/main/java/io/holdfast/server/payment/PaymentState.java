package io.holdfast.server.payment;

import java.util.Locale;

/// How far a payment is.
enum PaymentState {
  /// The provider is asked; what it did is not known yet.
  BEGUN,
  /// The buyer, or a bank, has still to do something.
  PENDING,
  /// The money is set aside; the order's stock is not the buyer's yet.
  AUTHORIZED,
  /// The stock is the buyer's; the money is still to be taken.
  CONFIRMED,
  CAPTURED,
  /// The money is to be set free, which the provider has not said yet that it did.
  CANCELLING,
  CANCELLED,
  DECLINED,
  /// It came to nothing for another reason, which is its fault.
  FAILED;

  /// Whether nothing more becomes of it.
  boolean isOver() {
    return this == CANCELLED || this == DECLINED || this == FAILED;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PaymentState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
