package io.holdfast.stock.transaction;

import io.holdfast.stock.StockFailure;

/// Checks that stay on in production: when one fails, the transaction must not commit.
final class Invariant {
  private Invariant() {}

  static void equal(String what, long expected, long found) {
    if (expected != found) {
      throw new StockFailure(
          StockFailure.Code.INVARIANT_VIOLATED, what + ": " + found + ", not " + expected);
    }
  }
}
