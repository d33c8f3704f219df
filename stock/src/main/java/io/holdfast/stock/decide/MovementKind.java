package io.holdfast.stock.decide;

import java.util.Locale;

/// What moved stock: the command, in the words of the ledger.
public enum MovementKind {
  RESERVE,
  COMMIT,
  RELEASE,
  EXPIRE,
  PURCHASE,
  RECEIVE,
  ADJUST;

  private final String code = name().toLowerCase(Locale.ROOT);

  public String code() {
    return code;
  }
}
