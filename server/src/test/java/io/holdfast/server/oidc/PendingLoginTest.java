package io.holdfast.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PendingLoginTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private final PendingLogin login = PendingLogin.begin("toy-shop", new SecureRandom(), NOW);

  @Test
  void comesBackAsItLeft() {
    PendingLogin back =
        PendingLogin.ofCookie("toy-shop", login.cookie(), NOW.plusSeconds(600)).orElseThrow();
    assertEquals(login, back);
    assertTrue(back.isOf(login.state()));
    assertEquals(login.nonce(), back.nonce());
    assertEquals(login.verifier(), back.verifier());
  }

  @Test
  void everyValueIsAnotherOneAndNoneIsTheCookies() {
    PendingLogin next = PendingLogin.begin("toy-shop", new SecureRandom(), NOW);
    Set<String> values =
        Stream.of(login, next)
            .flatMap(
                one ->
                    Stream.of(
                        one.secret(), one.state(), one.nonce(), one.verifier(), one.challenge()))
            .collect(Collectors.toSet());
    assertEquals(10, values.size());
    values.forEach(value -> assertEquals(43, value.length(), value));
    assertFalse(login.isOf(next.state()));
    assertFalse(login.isOf(""));
    assertFalse(login.toString().contains(login.secret()));
  }

  @Test
  void theChallengeIsTheDigestOfTheVerifier() throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(login.verifier().getBytes(StandardCharsets.US_ASCII));
    assertEquals(Base64.getUrlEncoder().withoutPadding().encodeToString(digest), login.challenge());
  }

  @Test
  void endsAfterTenMinutes() {
    Instant over = NOW.plus(Duration.ofMinutes(10)).plusSeconds(1);
    assertTrue(PendingLogin.ofCookie("toy-shop", login.cookie(), over).isEmpty());
    Instant before = NOW.minusSeconds(61);
    assertTrue(PendingLogin.ofCookie("toy-shop", login.cookie(), before).isEmpty());
  }

  @Test
  void whoMakesItYoungerHasAnotherLogin() {
    String younger = login.secret() + "." + NOW.plusSeconds(500).getEpochSecond();
    PendingLogin changed =
        PendingLogin.ofCookie("toy-shop", younger, NOW.plusSeconds(1_000)).orElseThrow();
    assertFalse(changed.isOf(login.state()));
    assertFalse(changed.nonce().equals(login.nonce()));
  }

  @Test
  void isOfOneTenant() {
    PendingLogin other = PendingLogin.ofCookie("sweets", login.cookie(), NOW).orElseThrow();
    assertFalse(other.isOf(login.state()));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        ".",
        "x.1",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.-1",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.9999999999999"
      })
  void whatIsNoCookieOfOursIsNoLogin(String cookie) {
    assertTrue(PendingLogin.ofCookie("toy-shop", cookie, NOW).isEmpty());
  }
}
