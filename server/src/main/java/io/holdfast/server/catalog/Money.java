package io.holdfast.server.catalog;

import java.util.Currency;

/// An amount in the minor units of its currency: 1250 of EUR are 12.50 euros, 1250 of JPY are 1250
/// yen.
///
/// @param currency its code by ISO 4217
public record Money(long amount, String currency) {
  static final long MAX_AMOUNT = 1_000_000_000_000L;

  public Money {
    if (amount < 0 || amount > MAX_AMOUNT) {
      throw new IllegalArgumentException("amount must be between 0 and " + MAX_AMOUNT);
    }
    requireKnown(currency);
  }

  /// The code of a currency that there is.
  public static String requireKnown(String code) {
    try {
      return Currency.getInstance(code).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "currency must be a code of ISO 4217 in capitals, like EUR", e);
    }
  }
}
