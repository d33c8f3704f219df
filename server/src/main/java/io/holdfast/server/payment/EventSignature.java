package io.holdfast.server.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The header `Stripe-Signature`: `t=`, seconds since 1970, and one or more `v1=`, the HMAC-SHA256
/// of the seconds, a dot and the body.
final class EventSignature {
  static final String HEADER = "Stripe-Signature";
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAX_LENGTH = 2_000;

  private EventSignature() {}

  static boolean isGood(SecretKey secret, @Nullable String header, byte[] body, Instant now) {
    if (header == null || header.length() > MAX_LENGTH) {
      return false;
    }
    String time = null;
    boolean isSigned = false;
    for (String part : header.split(",", -1)) {
      if (part.startsWith("t=") && time == null) {
        time = part.substring(2);
      }
    }
    if (time == null || !time.matches("\\d{1,12}")) {
      return false;
    }
    byte[] expected = code(secret, time, body);
    for (String part : header.split(",", -1)) {
      isSigned |= part.startsWith("v1=") && isSame(expected, part.substring(3));
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
    return isSigned && age.compareTo(TOLERANCE) <= 0;
  }

  /// In a time that does not tell how much of it is right.
  private static boolean isSame(byte[] expected, String given) {
    byte[] hex = HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(hex, given.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] code(SecretKey secret, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.text().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
