package io.holdfast.server.payment;

import java.util.Currency;
import java.util.OptionalLong;
import java.util.Set;

/// An amount as Stripe counts it, which is not by ISO 4217 for every currency.
final class StripeAmount {
  static final String NOT_CHARGEABLE = "amount_not_chargeable";

  private static final int HUNDRED = 100;

  /// None by the standard, hundredths at Stripe.
  private static final Set<String> COUNTED_IN_HUNDREDTHS = Set.of("ISK", "UGX");

  /// Hundredths by the standard, none at Stripe.
  private static final Set<String> COUNTED_IN_WHOLES = Set.of("MGA");

  /// Of thousandths, Stripe takes tens.
  private static final int THOUSANDTHS = 3;

  private StripeAmount() {}

  /// @return empty: Stripe can't charge exactly that, and nothing else will do
  static OptionalLong of(long minorUnits, String currency) {
    int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
    if (COUNTED_IN_HUNDREDTHS.contains(currency)) {
      return minorUnits > Long.MAX_VALUE / HUNDRED
          ? OptionalLong.empty()
          : OptionalLong.of(minorUnits * HUNDRED);
    }
    if (COUNTED_IN_WHOLES.contains(currency)) {
      return minorUnits % HUNDRED == 0
          ? OptionalLong.of(minorUnits / HUNDRED)
          : OptionalLong.empty();
    }
    boolean isFiner = decimals > THOUSANDTHS || decimals < 0;
    boolean isRounded = decimals == THOUSANDTHS && minorUnits % 10 != 0;
    return isFiner || isRounded ? OptionalLong.empty() : OptionalLong.of(minorUnits);
  }
}
