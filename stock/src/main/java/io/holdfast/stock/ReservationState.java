package io.holdfast.stock;

import java.util.Locale;
import java.util.Objects;

/// A reservation is held until it ends, once, in one of three ways.
public enum ReservationState {
  /// Claims its stock until its time is up.
  HELD,
  /// Its stock is gone.
  COMMITTED,
  /// Its stock was given back.
  RELEASED,
  /// Its time was up, and its stock was given back.
  EXPIRED;

  /// As it stands in the row and in JSON.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The state of that [#code()].
  public static ReservationState ofCode(String code) {
    Objects.requireNonNull(code, "code");
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
