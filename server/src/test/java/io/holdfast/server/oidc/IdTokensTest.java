package io.holdfast.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.account.VouchedPerson;
import io.holdfast.server.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

class IdTokensTest {
  private static final String ISSUER = "https://id.example.org/toys";
  private static final String CLIENT = "holdfast";
  private static final String NONCE = "of this login";
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final TokenSigner SIGNER = TokenSigner.rsa("one");
  private static final TokenSigner NEXT = TokenSigner.rsa("two");

  private final List<JsonWebKey> told = new ArrayList<>(List.of(SIGNER.known()));
  private final AtomicInteger asked = new AtomicInteger();
  private final IdTokens tokens =
      new IdTokens(ISSUER, CLIENT, new Kept<>(this::keys, () -> 0), InstantSource.fixed(NOW));

  private List<JsonWebKey> keys() {
    asked.incrementAndGet();
    return List.copyOf(told);
  }

  @Test
  void readsWhoSomebodyIs() {
    VouchedPerson person =
        tokens.read(
            SIGNER.sign(
                claims(
                    all -> {
                      all.setClaim("email", "anna@example.org");
                      all.setClaim("email_verified", true);
                      all.setClaim("preferred_username", "anna");
                      all.setClaim("name", "Anna");
                    })),
            NONCE);
    assertEquals(
        new VouchedPerson(ISSUER, "248289761001", "anna@example.org", true, "anna", "Anna"),
        person);
    assertFalse(person.toString().contains("anna"));
  }

  @Test
  void believesNothingThatIsNotSaid() {
    VouchedPerson person = tokens.read(SIGNER.sign(claims(_ -> {})), NONCE);
    assertNull(person.email());
    assertFalse(person.isEmailVerified());
    person = tokens.read(SIGNER.sign(claims(all -> all.setClaim("email_verified", "true"))), NONCE);
    assertFalse(person.isEmailVerified());
  }

  @Test
  void aTokenForAnotherLoginIsNotAccepted() {
    assertRefused("another login", all -> all.setClaim("nonce", "of another one"));
    assertRefused("another login", all -> all.unsetClaim("nonce"));
    assertRefused("wrong type", all -> all.setClaim("nonce", 7));
  }

  @Test
  void aTokenForAnotherApplicationIsNotAccepted() {
    assertRefused("another application", all -> all.setAudience("another"));
    assertRefused("for whom", all -> all.unsetClaim("aud"));
    assertRefused("trusted", all -> all.setClaim("azp", "another"));
    assertRefused("trusted", all -> all.setAudience(CLIENT, "another"));
    assertRefused(
        "trusted",
        all -> {
          all.setAudience(CLIENT, "another");
          all.setClaim("azp", "another");
        });
    assertAccepted(
        all -> {
          all.setAudience(CLIENT, "another");
          all.setClaim("azp", CLIENT);
        });
  }

  @Test
  void aTokenOfAnotherProviderIsNotAccepted() {
    assertRefused("another provider", all -> all.setIssuer(ISSUER + "/"));
    assertRefused("another provider", all -> all.setIssuer("https://id.example.com/toys"));
    assertRefused("trusted", all -> all.unsetClaim("iss"));
  }

  @Test
  void aTokenIsAcceptedInItsTime() {
    assertAccepted(all -> issued(all, -300, -59));
    assertRefused("its time is over", all -> issued(all, -300, -60));
    assertAccepted(all -> issued(all, 60, 300));
    assertRefused("in the future", all -> issued(all, 61, 300));
    assertAccepted(all -> issued(all, -660, 300));
    assertRefused("long ago", all -> issued(all, -661, 300));
    assertRefused("trusted", all -> all.setNotBefore(at(61)));
    for (String needed : List.of("exp", "iat", "sub")) {
      assertRefused("trusted", all -> all.unsetClaim(needed));
    }
  }

  @Test
  void aSubjectHasAtMost255Characters() {
    assertAccepted(all -> all.setSubject("x".repeat(255)));
    assertRefused("subject", all -> all.setSubject("x".repeat(256)));
    assertRefused("subject", all -> all.setSubject(""));
  }

  @Test
  void whatIsNotSignedWithAPrivateKeyOfTheProvidersIsNotAccepted() {
    JwtClaims claims = claims(_ -> {});
    assertRefused("trusted", SIGNER.unsigned(claims));
    assertRefused("trusted", SIGNER.signedWithPublicKey(claims));
    assertRefused("trusted", SIGNER.signedWithText(claims, "the secret of the client: 0123456789"));
    assertRefused("its signature is wrong", TokenSigner.rsa("one").sign(claims));
    String token = SIGNER.sign(claims);
    String cut = token.substring(0, token.lastIndexOf('.') + 1);
    assertRefused("its signature is wrong", cut);
    assertRefused("trusted", "no token");
    assertEquals(1, asked.get());
  }

  @Test
  void aTokenOfAnotherKindIsNotAccepted() {
    assertRefused("another type", SIGNER.signAsType(claims(_ -> {}), "logout+jwt"));
    assertRefused("another type", SIGNER.signAsType(claims(_ -> {}), "at+jwt"));
  }

  @Test
  void aKeyThatIsNotKnownIsAskedForOnce() {
    assertRefused("trusted", NEXT.sign(claims(_ -> {})));
    assertEquals(2, asked.get());
    told.add(NEXT.known());
    assertRefused("trusted", NEXT.sign(claims(_ -> {})));
    assertAccepted(_ -> {});
    assertEquals(2, asked.get());
  }

  @Test
  void aNewKeyIsFoundWhenItIsUsed() {
    assertAccepted(_ -> {});
    told.set(0, NEXT.known());
    tokens.read(NEXT.sign(claims(_ -> {})), NONCE);
    assertRefused("trusted", SIGNER.sign(claims(_ -> {})));
    assertEquals(2, asked.get());
  }

  private static void issued(JwtClaims claims, long seconds, long untilSeconds) {
    claims.setIssuedAt(at(seconds));
    claims.setExpirationTime(at(untilSeconds));
  }

  private static NumericDate at(long seconds) {
    return NumericDate.fromSeconds(NOW.getEpochSecond() + seconds);
  }

  private static JwtClaims claims(Consumer<JwtClaims> change) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(CLIENT);
    claims.setSubject("248289761001");
    claims.setClaim("nonce", NONCE);
    issued(claims, 0, 300);
    change.accept(claims);
    return claims;
  }

  private void assertAccepted(Consumer<JwtClaims> change) {
    assertEquals(ISSUER, tokens.read(SIGNER.sign(claims(change)), NONCE).issuer());
  }

  private void assertRefused(String why, Consumer<JwtClaims> change) {
    assertRefused(why, SIGNER.sign(claims(change)));
  }

  private void assertRefused(String why, String token) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> tokens.read(token, NONCE));
    String detail = refused.problem().detail();
    assertEquals("provider_unusable", refused.problem().code());
    assertTrue(detail.contains(why), detail);
  }
}
