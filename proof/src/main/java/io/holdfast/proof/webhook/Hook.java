package io.holdfast.proof.webhook;

import io.holdfast.proof.http.Hmac;
import java.util.Base64;
import java.util.List;

/// A webhook that was registered.
///
/// @param secret as the shop has told it
/// @param position only events behind it are sent
public record Hook(String id, String secret, long position) {
  private static final String PREFIX = "whsec_";

  /// Whether one of its signatures is the right one, as Standard Webhooks has it.
  boolean isSigned(Delivery delivery) {
    return List.of(delivery.header("webhook-signature").split(" ", -1))
        .contains(signature(delivery.id(), delivery.header("webhook-timestamp"), delivery.body()));
  }

  public String signature(String delivery, String timestamp, String body) {
    byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    String signed = delivery + "." + timestamp + "." + body;
    return "v1," + Base64.getEncoder().encodeToString(Hmac.of(key, signed));
  }
}
