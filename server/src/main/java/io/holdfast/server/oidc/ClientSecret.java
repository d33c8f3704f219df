package io.holdfast.server.oidc;

import java.util.regex.Pattern;

/// What a provider knows this installation by, as the provider gave it out.
record ClientSecret(String text) {
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{16,512}");

  /// Of 16 random hexadecimal digits fewer are different once in some 10^5 draws; providers give
  /// out more. What people make up until they have one has fewer.
  private static final int MIN_DIFFERENT = 6;

  /// @throws IllegalArgumentException without the text, which may go into a log
  ClientSecret {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("must have 16 to 512 visible characters of ASCII");
    }
    if (text.chars().distinct().count() < MIN_DIFFERENT) {
      throw new IllegalArgumentException("is not random: take the one that the provider shows");
    }
  }

  @Override
  public String toString() {
    return "...";
  }
}
