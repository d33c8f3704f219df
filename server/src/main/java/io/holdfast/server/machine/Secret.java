package io.holdfast.server.machine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a machine and the node share: 32 to 64 random bytes, written in base64. The text itself is
/// the key of the HMAC, so that a shell needs to decode nothing.
public final class Secret {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_BYTES = 32;
  private static final int MAX_BYTES = 64;

  /// Of 32 random bytes fewer are different once in more than 10^10 draws. Zeros, a repeated
  /// pattern and the example of the documentation have fewer.
  private static final int MIN_DIFFERENT_BYTES = 16;

  private final SecretKeySpec key;

  private Secret(String text) {
    this.key = new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), ALGORITHM);
  }

  /// @throws IllegalArgumentException without the text, which may go into a log
  static Secret parse(String text) {
    byte[] bytes = decoded(text);
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "must be %d to %d bytes, not %d".formatted(MIN_BYTES, MAX_BYTES, bytes.length));
    }
    if (differentBytes(bytes) < MIN_DIFFERENT_BYTES) {
      throw new IllegalArgumentException("is not random: openssl rand -base64 32");
    }
    return new Secret(text);
  }

  /// One that nobody has.
  static Secret random(SecureRandom randomness) {
    byte[] bytes = new byte[MIN_BYTES];
    randomness.nextBytes(bytes);
    return new Secret(Base64.getEncoder().encodeToString(bytes));
  }

  private static byte[] decoded(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below, without its message, which names a character of the secret.
    }
    throw new IllegalArgumentException("must be base64 with its padding");
  }

  private static long differentBytes(byte[] bytes) {
    return IntStream.range(0, bytes.length).map(i -> bytes[i]).distinct().count();
  }

  /// In lower-case hexadecimal digits.
  String sign(byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /// Takes as long for any signature of the right length.
  boolean hasSigned(byte[] text, String signature) {
    return MessageDigest.isEqual(ascii(sign(text)), ascii(signature));
  }

  private static byte[] ascii(String hex) {
    return hex.getBytes(StandardCharsets.US_ASCII);
  }

  boolean isSameAs(Secret other) {
    return MessageDigest.isEqual(key.getEncoded(), other.key.getEncoded());
  }

  @Override
  public String toString() {
    return "...";
  }
}
