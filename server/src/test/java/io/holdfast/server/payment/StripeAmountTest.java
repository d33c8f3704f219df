package io.holdfast.server.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is charged is what the order says, in whichever currency.
class StripeAmountTest {
  @ParameterizedTest
  @CsvSource({
    "EUR, 1099, 1099",
    "JPY, 500, 500",
    "XOF, 500, 500",
    "ISK, 500, 50000",
    "UGX, 500, 50000",
    "HUF, 45045, 45045",
    "TWD, 80045, 80045",
    "MGA, 50000, 500",
    "KWD, 5120, 5120",
    "BHD, 10, 10"
  })
  void anAmountIsCountedAsStripeCounts(String currency, long minorUnits, long asked) {
    assertEquals(OptionalLong.of(asked), StripeAmount.of(minorUnits, currency));
  }

  @ParameterizedTest
  @CsvSource({"KWD, 5124", "TND, 1", "MGA, 50050", "CLF, 10000", "XAU, 1"})
  void whatStripeCanNotChargeExactlyIsNotRounded(String currency, long minorUnits) {
    assertEquals(OptionalLong.empty(), StripeAmount.of(minorUnits, currency));
  }

  @Test
  void whatWouldOverflowIsNotCharged() {
    assertEquals(OptionalLong.empty(), StripeAmount.of(Long.MAX_VALUE, "ISK"));
  }
}
