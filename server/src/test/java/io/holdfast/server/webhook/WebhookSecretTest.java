package io.holdfast.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {

  /// The example of the specification of Standard Webhooks.
  @Test
  void signsAsTheStandardSays() {
    WebhookSecret secret =
        new WebhookSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        secret.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"));
  }

  @Test
  void isToldAsTheStandardSaysAndInNoLog() {
    WebhookSecret secret = WebhookSecret.random(new SecureRandom());
    String encoded = secret.text().replaceFirst("^whsec_", "");
    assertEquals(32, Base64.getDecoder().decode(encoded).length);
    assertFalse(secret.toString().contains(encoded));
    assertNotEquals(secret.text(), WebhookSecret.random(new SecureRandom()).text());
  }
}
