package io.holdfast.proof.prove;

import static io.holdfast.proof.prove.FakeShop.problem;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.prove.FakeShop.Answer;
import io.holdfast.proof.shop.Json;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Where people register and log in at a [FakeShop].
final class FakeDoor {
  private static final long THINKING_NANOS = 20_000_000;

  private final Defect defect;
  private final Map<String, String> passwords = new HashMap<>();

  FakeDoor(Defect defect) {
    this.defect = defect;
  }

  Answer answer(String path, JsonNode body) {
    String key = key(body.path("username").asText());
    String password = body.path("password").asText();
    return path.endsWith("/register") ? register(key, password) : logIn(key, password);
  }

  private Answer register(String key, String password) {
    boolean isFree;
    synchronized (this) {
      isFree = !passwords.containsKey(key);
      if (isFree && defect != Defect.NAME_LOOKED_UP) {
        passwords.put(key, password);
      }
    }
    if (isFree && defect == Defect.NAME_LOOKED_UP) {
      LockSupport.parkNanos(THINKING_NANOS);
      synchronized (this) {
        passwords.put(key, password);
      }
    }
    return isFree ? new Answer(201, "{}") : taken();
  }

  private Answer taken() {
    return defect == Defect.NAME_TAKEN_IS_A_FAULT
        ? problem(500, "internal_error")
        : new Answer(
            400,
            Json.write(Map.of("code", "username_taken", "detail", "Username already registered")));
  }

  private synchronized Answer logIn(String key, String password) {
    return password.equals(passwords.get(key))
        ? new Answer(200, "{}")
        : problem(401, "wrong_credentials");
  }

  private String key(String name) {
    return defect == Defect.NAMES_BY_LETTER
        ? name
        : Normalizer.normalize(name, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
  }
}
