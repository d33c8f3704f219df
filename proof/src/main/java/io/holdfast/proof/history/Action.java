package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a call asks for.
public enum Action {
  RESERVE,
  PURCHASE,
  COMMIT,
  RELEASE,
  /// The stock of one item.
  READ;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it claims stock.
  public boolean claims() {
    return this == RESERVE || this == PURCHASE;
  }
}
