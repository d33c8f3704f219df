package io.holdfast.server.identity;

import java.security.SecureRandom;
import java.util.Base64;

/// What nobody guesses: 32 random bytes, in 43 characters that need no quoting anywhere.
public final class SecretText {
  private static final int BYTES = 32;

  private SecretText() {}

  public static String random(SecureRandom randomness) {
    byte[] bytes = new byte[BYTES];
    randomness.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
