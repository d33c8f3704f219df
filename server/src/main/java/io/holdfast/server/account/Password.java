package io.holdfast.server.account;

import io.holdfast.server.identity.SecretText;
import java.security.SecureRandom;

/// A password as it was typed: neither cut nor changed. Never logged.
record Password(String text) {
  private static final int MAX_LENGTH = 256;

  Password {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("must have 1 to 256 characters");
    }
  }

  /// One that nobody knows.
  static Password random(SecureRandom randomness) {
    return new Password(SecretText.random(randomness));
  }

  @Override
  public String toString() {
    return "a password";
  }
}
