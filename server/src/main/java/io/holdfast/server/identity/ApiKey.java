package io.holdfast.server.identity;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/// A key as its holder knows it: `hf_` and 32 random bytes. Never logged, never stored but in the
/// holder's own file.
public record ApiKey(String text) implements LastingCredential {
  private static final Pattern FORM = Pattern.compile("hf_[A-Za-z0-9_-]{43}");

  public ApiKey {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a key of Holdfast");
    }
  }

  public static Optional<ApiKey> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new ApiKey(text)) : Optional.empty();
  }

  public static ApiKey random(SecureRandom randomness) {
    return new ApiKey("hf_" + SecretText.random(randomness));
  }

  @Override
  public String toString() {
    return "hf_...";
  }
}
