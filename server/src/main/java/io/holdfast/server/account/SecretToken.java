package io.holdfast.server.account;

import io.holdfast.server.identity.SecretText;
import io.holdfast.server.identity.Sha256;
import io.holdfast.stock.TenantId;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A secret that says whose tenant it is of: a kind, the tenant's number and 32 random bytes, like
/// `hr_7_…`. Never logged, and stored as its digest only.
record SecretToken(Kind kind, TenantId tenant, String text) {
  private static final Pattern FORM = Pattern.compile("(h[ri])_([1-9]\\d{0,17})_[\\w-]{43}");

  enum Kind {
    REFRESH("hr"),
    INVITATION("hi");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  static SecretToken random(Kind kind, TenantId tenant, SecureRandom randomness) {
    return new SecretToken(
        kind, tenant, kind.prefix + "_" + tenant.value() + "_" + SecretText.random(randomness));
  }

  static Optional<SecretToken> parse(Kind kind, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !matcher.group(1).equals(kind.prefix)) {
      return Optional.empty();
    }
    TenantId tenant = new TenantId(Long.parseLong(matcher.group(2)));
    return Optional.of(new SecretToken(kind, tenant, text));
  }

  byte[] hash() {
    return Sha256.of(text);
  }

  @Override
  public String toString() {
    return kind.prefix + "_...";
  }
}
