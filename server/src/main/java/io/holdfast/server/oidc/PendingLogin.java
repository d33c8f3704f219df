package io.holdfast.server.oidc;

import io.holdfast.server.identity.SecretText;
import io.holdfast.server.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A login that a browser was sent away for. The browser alone keeps it, in a cookie: 32 random
/// bytes and when it began. What goes to the provider is made of these by a one-way function, a
/// value for each purpose: `state`, by which the browser that comes back is known to be the one
/// that left; `nonce`, by which a token is known to be for this login; and the verifier of PKCE,
/// whose digest alone the provider is told before it has given out a code.
///
/// Tenant and time go into each value. Whoever changes either in the cookie has another login, of
/// which the provider knows nothing. So no node keeps anything, and any of them can go on.
record PendingLogin(String tenantSlug, String secret, long startedSeconds) {
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern COOKIE = Pattern.compile("([\\w-]{43})\\.(\\d{1,12})");
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  static PendingLogin begin(String tenantSlug, SecureRandom randomness, Instant now) {
    return new PendingLogin(tenantSlug, SecretText.random(randomness), now.getEpochSecond());
  }

  /// Empty: it is not of the form, or began too long ago, or later than now.
  static Optional<PendingLogin> ofCookie(String tenantSlug, @Nullable String cookie, Instant now) {
    Matcher matcher = COOKIE.matcher(cookie == null ? "" : cookie);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    PendingLogin login =
        new PendingLogin(tenantSlug, matcher.group(1), Long.parseLong(matcher.group(2)));
    return Optional.of(login).filter(known -> known.isLiving(now));
  }

  /// Clocks of nodes may differ by as much as they may for a token.
  private boolean isLiving(Instant now) {
    long age = now.getEpochSecond() - startedSeconds;
    return age >= -IdTokens.SKEW_SECONDS && age <= LIFE.toSeconds();
  }

  String cookie() {
    return secret + "." + startedSeconds;
  }

  String state() {
    return derived("state");
  }

  String nonce() {
    return derived("nonce");
  }

  String verifier() {
    return derived("verifier");
  }

  /// Of PKCE, with the method S256.
  String challenge() {
    return BASE64.encodeToString(Sha256.of(verifier()));
  }

  /// Takes as long for any state.
  boolean isOf(String givenState) {
    return MessageDigest.isEqual(ascii(state()), ascii(givenState));
  }

  private String derived(String purpose) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(ascii(secret), ALGORITHM));
      return BASE64.encodeToString(
          mac.doFinal(ascii(purpose + "\n" + tenantSlug + "\n" + startedSeconds)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "a login of " + tenantSlug;
  }
}
