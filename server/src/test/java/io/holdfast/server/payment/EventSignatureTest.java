package io.holdfast.server.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSignatureTest {
  private static final SecretKey SECRET = new SecretKey("whsec_test");
  private static final Instant SIGNED_AT = Instant.parse("2026-11-24T09:00:00Z");
  private static final String BODY = "{\"id\":\"evt_1\"}";

  private static boolean isGood(String header, Instant now) {
    return EventSignature.isGood(SECRET, header, BODY.getBytes(StandardCharsets.UTF_8), now);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "301, false", "-300, true", "-301, false"})
  void isGoodForFiveMinutes(long seconds, boolean isGood) {
    String header = StripeServer.signature(SECRET.text(), BODY, SIGNED_AT);
    assertEquals(isGood, isGood(header, SIGNED_AT.plusSeconds(seconds)));
  }

  @Test
  void oneOfSeveralSignaturesIsEnough() {
    String header = StripeServer.signature(SECRET.text(), BODY, SIGNED_AT);
    assertTrue(isGood(header.replace(",v1=", ",v1=00,v1="), SIGNED_AT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "t=", "t=x,v1=00", "v1=00", "t=1763974800", "t=99999999999999,v1=00", ",,,"})
  void whatIsNoSignatureIsNone(String header) {
    assertFalse(isGood(header, SIGNED_AT));
  }

  @Test
  void whatWasChangedIsNotSigned() {
    String header = StripeServer.signature(SECRET.text(), BODY, SIGNED_AT);
    long seconds = SIGNED_AT.getEpochSecond();
    assertTrue(isGood(header, SIGNED_AT));
    assertFalse(isGood(header.replace("t=" + seconds, "t=" + (seconds + 1)), SIGNED_AT));
    assertFalse(isGood(StripeServer.signature("whsec_other", BODY, SIGNED_AT), SIGNED_AT));
    assertFalse(isGood(StripeServer.signature(SECRET.text(), BODY + " ", SIGNED_AT), SIGNED_AT));
  }
}
