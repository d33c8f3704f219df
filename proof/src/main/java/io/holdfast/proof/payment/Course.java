package io.holdfast.proof.payment;

/// How somebody pays.
enum Course {
  /// By a card that is good.
  AT_ONCE,
  /// The same, asked for at two nodes at once.
  TWICE,
  /// By a card that is not good, and then by another one.
  DECLINED,
  /// The bank asks the buyer, who answers.
  ASKED,
  /// The same, but the buyer answers when the order has expired.
  LATE,
  /// The bank asks, and the buyer goes away.
  LEFT,
  /// The bank asks, and says no.
  REFUSED,
  /// The bank asks, and the order is cancelled meanwhile.
  CANCELLED,
  /// The order is cancelled when it was paid.
  RETURNED;

  boolean isShort() {
    return this == LATE || this == LEFT || this == REFUSED;
  }
}
