package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a call asks for.
public enum Action {
  RESERVE,
  PURCHASE,
  CHANGE,
  EXTEND,
  COMMIT,
  RELEASE,
  RETURN,
  RECEIVE,
  TRANSFER,
  COUNT,
  /// Several in one step, all or none.
  TOGETHER,
  /// The stock of one item.
  READ;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it makes a reservation.
  public boolean claims() {
    return this == RESERVE || this == PURCHASE;
  }

  /// Whether it ends one.
  public boolean ends() {
    return this == COMMIT || this == RELEASE;
  }
}
