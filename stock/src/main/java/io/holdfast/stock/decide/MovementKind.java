package io.holdfast.stock.decide;

import java.util.Locale;

/// What moved stock: the command, in the words of the ledger.
public enum MovementKind {
  RESERVE,
  CHANGE,
  COMMIT,
  /// A commit that came after the reservation's time, where the tenant has it reserved again.
  COMMIT_EXPIRED,
  RELEASE,
  EXPIRE,
  PURCHASE,
  RETURN,
  RECEIVE,
  ADJUST,
  COUNT,
  TRANSFER,
  /// Moves nothing: how much is kept from being sold.
  SAFETY_STOCK,
  /// Follows from the ledger, whatever the level's row said.
  CORRECT;

  private final String code = name().toLowerCase(Locale.ROOT);

  public String code() {
    return code;
  }
}
