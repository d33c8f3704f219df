package io.holdfast.server.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

  @Test
  void isReadWithItsBurstOrWithTwoSecondsWorth() {
    assertEquals(Optional.of(new Rate(100, 500)), Rate.parse("--x", "100:500"));
    assertEquals(Optional.of(new Rate(100, 200)), Rate.parse("--x", "100"));
    assertEquals(Optional.empty(), Rate.parse("--x", "off"));
    assertEquals(Optional.empty(), Rate.parse("--x", "0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "x", "1:", ":1", "1:0", "0:5", "1:3601", "1000001", "1:2:3"})
  void refusesWhatIsNoRateAndNamesTheOption(String text) {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Rate.parse("--limit-per-key", text));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("--limit-per-key"));
  }

  @Test
  void aShareIsReadForATenantAloneAndBesideOthers() {
    assertEquals(Optional.of(new TenantShare(64, 8)), TenantShare.parse("--x", "64:8"));
    assertEquals(Optional.of(new TenantShare(64, 64)), TenantShare.parse("--x", "64"));
    assertEquals(Optional.empty(), TenantShare.parse("--x", "off"));
    for (String text : new String[] {"8:64", "1:0", "x", "-1", "100001"}) {
      assertThrows(IllegalArgumentException.class, () -> TenantShare.parse("--x", text), text);
    }
  }

  @Test
  void saysHowLongItTakesToTheNextTokenAndToAllOfThem() {
    Rate rate = new Rate(2, 10);
    assertEquals(500_000_000, rate.nanosToNext(0));
    assertEquals(250_000_000, rate.nanosToNext(500_000));
    assertEquals(1_000_000_000, rate.nanosToNext(-1_000_000));
    assertEquals(0, rate.nanosToNext(1_000_000));
    assertEquals(5_000_000_000L, rate.nanosToFull(0));
    assertEquals(0, rate.nanosToFull(10_000_000));
  }
}
