package io.holdfast.stock;

import java.util.Locale;

/// A reservation is held until it ends, once, in one of three ways.
public enum ReservationState {
  HELD,
  COMMITTED,
  RELEASED,
  EXPIRED;

  /// As it stands in the row and in JSON.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static ReservationState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
