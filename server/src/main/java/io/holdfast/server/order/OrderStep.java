package io.holdfast.server.order;

import java.util.Locale;

/// What may be done with an order that was placed.
enum OrderStep {
  PAY,
  FULFIL,
  CANCEL,
  RETURN;

  /// As it is told.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
