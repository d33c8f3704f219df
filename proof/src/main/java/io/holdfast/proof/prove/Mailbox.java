package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.webhook.Delivered;
import io.holdfast.proof.webhook.Hook;
import io.holdfast.proof.webhook.Receiver;
import io.holdfast.proof.webhook.Subscription;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A webhook of a shop and its receiver, which are there while it is open. A shop that is not ours
/// need not send to this machine: then there is none.
final class Mailbox implements AutoCloseable {
  private static final String WEBHOOKS = "/v1/webhooks";
  private static final int MAX_ATTEMPTS = 15;

  private final Desk desk;
  private final Receiver receiver;
  private final Optional<Hook> hook;
  private final String why;

  private Mailbox(Desk desk, Receiver receiver, Optional<Hook> hook, String why) {
    this.desk = desk;
    this.receiver = receiver;
    this.hook = hook;
    this.why = why;
  }

  static Mailbox open(Desk desk, Arena arena, Target target) throws IOException {
    Receiver receiver = Receiver.open();
    try {
      if (!isHere(target)) {
        return leftOut(desk, receiver, "the shop is not on this machine");
      }
      Map<String, Object> wanted =
          Map.of(
              "url", receiver.url(),
              "types", List.of(Delivered.TYPES),
              "max_attempts", MAX_ATTEMPTS);
      // Its answer has a secret, so no shop keeps it under a key.
      Response response = desk.post(WEBHOOKS, "", Json.write(wanted));
      boolean isRefused = response.status() >= 400 && response.status() < 500;
      if (isRefused && arena.victim().isEmpty()) {
        String refusal = response.status() + " " + response.body();
        return leftOut(desk, receiver, "the shop takes none to this machine: " + refusal);
      }
      return new Mailbox(desk, receiver, Optional.of(hook(Desk.expect(201, response))), "");
    } catch (IOException failed) {
      receiver.close();
      throw failed;
    }
  }

  private static Mailbox leftOut(Desk desk, Receiver receiver, String why) {
    System.err.println("left out: webhooks, " + why);
    return new Mailbox(desk, receiver, Optional.empty(), why);
  }

  private static boolean isHere(Target target) throws IOException {
    for (Endpoint node : target.endpoints()) {
      if (!InetAddress.getByName(node.host()).isLoopbackAddress()) {
        return false;
      }
    }
    return true;
  }

  private static Hook hook(JsonNode made) {
    JsonNode webhook = made.path("webhook");
    return new Hook(
        webhook.path("id").asText(),
        made.path("secret").asText(),
        webhook.path("position").asLong());
  }

  /// What has arrived so far.
  Subscription got() {
    return hook.isPresent()
        ? new Subscription.Taken(hook.get(), receiver.deliveries())
        : new Subscription.LeftOut(why);
  }

  @Override
  public void close() throws IOException {
    try {
      if (hook.isPresent()) {
        desk.delete(WEBHOOKS + "/" + hook.get().id());
      }
    } finally {
      receiver.close();
    }
  }
}
