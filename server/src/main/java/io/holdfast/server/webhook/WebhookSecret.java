package io.holdfast.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What both ends of a webhook know: 32 random bytes. It is stored as it is, since whoever signs
/// with it needs it.
final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  private final byte[] bytes;

  WebhookSecret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  static WebhookSecret random(SecureRandom randomness) {
    byte[] bytes = new byte[BYTES];
    randomness.nextBytes(bytes);
    return new WebhookSecret(bytes);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /// As its holder is told it, once.
  String text() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /// The signature of one attempt, as Standard Webhooks has it.
  ///
  /// @param seconds since 1970
  String signature(String id, long seconds, String body) {
    String signed = id + "." + seconds + "." + body;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      byte[] code = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "...";
  }
}
