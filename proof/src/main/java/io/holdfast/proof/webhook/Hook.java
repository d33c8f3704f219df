package io.holdfast.proof.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A webhook that was registered.
///
/// @param secret as the shop has told it
/// @param position only events behind it are sent
public record Hook(String id, String secret, long position) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";

  /// Whether one of its signatures is the right one, as Standard Webhooks has it.
  boolean isSigned(Delivery delivery) {
    return List.of(delivery.header("webhook-signature").split(" ", -1))
        .contains(signature(delivery.id(), delivery.header("webhook-timestamp"), delivery.body()));
  }

  public String signature(String delivery, String timestamp, String body) {
    byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    String signed = delivery + "." + timestamp + "." + body;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return "v1,"
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + ALGORITHM, missing);
    }
  }
}
