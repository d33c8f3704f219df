package io.holdfast.proof.payment;

import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Hmac;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.shop.Nodes;
import io.holdfast.proof.till.Charge;
import io.holdfast.proof.till.Till;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Tells a shop what has happened at the provider: each event twice and some time later, so that
/// they come in any order, and some lies that nobody has signed.
public final class Messenger implements AutoCloseable {
  public static final String SECRET = "whsec_of_the_prover";

  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int TRIES_MAX = 30;
  private static final int RETRY_MILLIS = 200;
  private static final int LATE_MILLIS_MAX = 500;
  private static final int FORGED_ONE_IN = 4;

  private final Nodes nodes;
  private final String path;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger forgedAccepted = new AtomicInteger();

  /// @param tenant whose shop it is
  public Messenger(Nodes nodes, String tenant) {
    this.nodes = nodes;
    this.path = "/v1/payment-events/" + tenant;
  }

  public void tell(Charge charge) {
    int number = events.incrementAndGet();
    String event = event("evt_" + charge.id() + "_" + number, charge);
    threads.execute(() -> send(number, event));
    threads.execute(() -> send(number + 1, event));
    if (number % FORGED_ONE_IN == 0) {
      String lie = event("evt_lie_" + number, charge);
      threads.execute(
          () -> {
            if (sent(number, lie, "whsec_of_nobody") / 100 == 2) {
              forgedAccepted.incrementAndGet();
            }
          });
    }
  }

  private static String event(String id, Charge charge) {
    return Json.write(
        Map.of(
            "id",
            id,
            "type",
            "payment_intent." + charge.status(),
            "data",
            Map.of("object", Till.shown(charge))));
  }

  private void send(int first, String event) {
    Ticker.pauseMillis(ThreadLocalRandom.current().nextInt(LATE_MILLIS_MAX));
    for (int i = 0; i < TRIES_MAX && !threads.isShutdown(); i++) {
      int status = sent(first + i, event, SECRET);
      if (status / 100 == 2) {
        accepted.incrementAndGet();
        return;
      }
      if (status / 100 == 4) {
        refused.incrementAndGet();
        return;
      }
      Ticker.pauseMillis(RETRY_MILLIS);
    }
  }

  /// @return the status; 0: there was no answer
  private int sent(int node, String event, String secret) {
    Request request =
        new Request("POST", path, Map.of("Stripe-Signature", signature(secret, event)), event);
    try (Connection connection = Connection.open(nodes.node(node), TIMEOUT_MILLIS)) {
      return connection.exchange(request).status();
    } catch (IOException lost) {
      return 0;
    }
  }

  /// As Stripe signs.
  private static String signature(String secret, String event) {
    long seconds = System.currentTimeMillis() / 1_000;
    byte[] code = Hmac.of(secret.getBytes(StandardCharsets.UTF_8), seconds + "." + event);
    return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(code));
  }

  /// What became of what was sent.
  ///
  /// @param refused of those that were signed
  /// @param forgedAccepted of those that were not
  public record Sent(int accepted, int refused, int forgedAccepted) {}

  public Sent sent() {
    return new Sent(accepted.get(), refused.get(), forgedAccepted.get());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
