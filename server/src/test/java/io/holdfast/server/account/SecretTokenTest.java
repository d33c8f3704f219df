package io.holdfast.server.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.account.SecretToken.Kind;
import io.holdfast.stock.TenantId;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTokenTest {
  private static final TenantId TENANT = new TenantId(7);

  private final SecureRandom randomness = new SecureRandom();

  @Test
  void whatIsMadeIsReadAgain() {
    SecretToken made = SecretToken.random(Kind.REFRESH, TENANT, randomness);
    SecretToken read = SecretToken.parse(Kind.REFRESH, made.text()).orElseThrow();
    assertEquals(made, read);
    assertEquals(TENANT, read.tenant());
    assertArrayEquals(made.hash(), read.hash());
  }

  @Test
  void oneOfAnotherKindIsNone() {
    String made = SecretToken.random(Kind.REFRESH, TENANT, randomness).text();
    assertTrue(SecretToken.parse(Kind.INVITATION, made).isEmpty());
  }

  @Test
  void noTwoAreAlike() {
    assertNotEquals(
        SecretToken.random(Kind.REFRESH, TENANT, randomness),
        SecretToken.random(Kind.REFRESH, TENANT, randomness));
  }

  @Test
  void whatIsNoTokenIsNone() {
    String secret = "x".repeat(43);
    for (String wrong :
        List.of(
            "",
            "hr_7_",
            "hr_0_" + secret,
            "hr_7_" + secret + "x",
            "hr_-7_" + secret,
            "hr_9999999999999999999_" + secret,
            " hr_7_" + secret)) {
      assertTrue(SecretToken.parse(Kind.REFRESH, wrong).isEmpty(), wrong);
    }
  }

  @Test
  void itIsNotShownByMistake() {
    SecretToken made = SecretToken.random(Kind.REFRESH, TENANT, randomness);
    assertFalse(("" + made).contains(made.text().substring(6)));
  }
}
