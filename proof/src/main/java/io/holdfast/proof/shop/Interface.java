package io.holdfast.proof.shop;

import java.util.Locale;

/// Which routes a shop has.
public enum Interface {
  /// Holdfast's own: `/v1/...`.
  V1,
  /// What flash-sale systems offer: `/buy_ticket`, `/inventory`, `/reset`.
  PLAIN;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
