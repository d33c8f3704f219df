package io.holdfast.server.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/// A token that looks like a signed JWT; whether it is one of ours, [AccessTokens] knows.
record AccessToken(String text) implements LastingCredential {
  private static final Pattern FORM = Pattern.compile("[\\w-]{1,300}\\.[\\w-]{1,600}\\.[\\w-]{86}");

  static Optional<AccessToken> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new AccessToken(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "a token";
  }
}
