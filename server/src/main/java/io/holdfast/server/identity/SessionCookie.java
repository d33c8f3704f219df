package io.holdfast.server.identity;

import io.holdfast.stock.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a browser shows for a session of the console: the tenant's number and 32 random bytes, like
/// `hc_7_…`. Never logged, and stored as its digest only.
public record SessionCookie(TenantId tenant, String text) implements Credential {
  private static final Pattern FORM = Pattern.compile("hc_([1-9]\\d{0,17})_[\\w-]{43}");

  public static SessionCookie random(TenantId tenant, SecureRandom randomness) {
    return new SessionCookie(tenant, "hc_" + tenant.value() + "_" + SecretText.random(randomness));
  }

  static Optional<SessionCookie> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new SessionCookie(new TenantId(Long.parseLong(matcher.group(1))), text))
        : Optional.empty();
  }

  @Override
  public byte[] hash() {
    return Sha256.of(text);
  }

  /// What the console's page says with everything that it changes. Another site's page can make a
  /// browser send the cookie, but read neither this nor the cookie. It is made of the cookie, so it
  /// is the session's, and leads back to neither the cookie nor what is stored of it.
  public String csrfToken() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of("csrf\n" + text));
  }

  boolean isCsrfToken(@Nullable String shown) {
    return shown != null
        && MessageDigest.isEqual(
            csrfToken().getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "hc_...";
  }
}
