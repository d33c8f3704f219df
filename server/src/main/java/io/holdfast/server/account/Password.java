package io.holdfast.server.account;

import java.security.SecureRandom;
import java.util.Base64;

/// A password as it was typed: neither cut nor changed. Never logged.
record Password(String text) {
  private static final int MAX_LENGTH = 256;
  private static final int RANDOM_BYTES = 32;

  Password {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("must have 1 to 256 characters");
    }
  }

  /// One that nobody knows.
  static Password random(SecureRandom randomness) {
    byte[] bytes = new byte[RANDOM_BYTES];
    randomness.nextBytes(bytes);
    return new Password(Base64.getEncoder().encodeToString(bytes));
  }

  @Override
  public String toString() {
    return "a password";
  }
}
