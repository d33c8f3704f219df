package io.holdfast.proof.till;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Speaks as Stripe does, on this machine: intents that are made, confirmed and captured one after
/// the other, refunds, and keys for which all is done once and told again. Of what it is asked for
/// the first time it loses one answer in eight and one request in eight, and one in sixteen is a
/// fault that it tells again, unless it is a refund.
public final class Till implements AutoCloseable {
  public static final String KEY = "sk_test_of_the_prover";

  /// What a card does.
  public static final String GOOD = "pm_good";

  public static final String DECLINED = "pm_declined";

  public static final String ASKS = "pm_asks_the_buyer";

  private static final int BACKLOG = 500;
  private static final int LATE_MILLIS = 300;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Charge> charges = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> refunds = new LinkedHashMap<>();
  private final Map<String, Reply> kept = new HashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile Predicate<Charge> isPaid = _ -> true;
  private volatile Consumer<Charge> whenChanged = _ -> {};

  private record Reply(int status, Object body) {}

  private Till(HttpServer server) {
    this.server = server;
  }

  public static Till open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    Till till = new Till(server);
    server.createContext("/", till::serve);
    server.setExecutor(till.threads);
    server.start();
    return till;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// @param question whether the shop says that an intent has paid its order; asked before money is
  ///   taken by it
  /// @param listener told of each intent that has changed
  public void begin(Predicate<Charge> question, Consumer<Charge> listener) {
    isPaid = question;
    whenChanged = listener;
  }

  public synchronized List<Charge> charges() {
    return new ArrayList<>(charges.values());
  }

  /// How many requests and answers were lost, or told as a fault.
  public int lost() {
    return lost.get();
  }

  /// The buyer has done what the bank asked, or the bank says no.
  ///
  /// @return whether it was still waited for
  public boolean buyerDone(String intent, boolean isGood) {
    Charge changed;
    synchronized (this) {
      Charge charge = charges.get(intent);
      if (charge == null || !charge.status().equals("requires_action")) {
        return false;
      }
      changed = put(charge.with(isGood ? "requires_capture" : "requires_payment_method"));
    }
    whenChanged.accept(changed);
    return true;
  }

  private synchronized Charge put(Charge charge) {
    charges.put(charge.id(), charge);
    return charge;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      String name = path + "\n" + key;
      Treatment treatment = seen.add(name) ? Treatment.of(name) : Treatment.ANSWER;
      if (treatment == Treatment.FAULT && path.startsWith("/v1/refunds")) {
        // There is nothing else to be done about it than to wait a day until the key is forgotten.
        treatment = Treatment.LOSE_REQUEST;
      }
      if (treatment != Treatment.ANSWER && treatment != Treatment.DELAY) {
        lost.incrementAndGet();
      }
      if (treatment == Treatment.LOSE_REQUEST) {
        return;
      }
      Reply reply = reply(exchange, path, key, body, treatment == Treatment.FAULT);
      if (treatment == Treatment.DELAY) {
        Ticker.pauseMillis(LATE_MILLIS);
      }
      if (treatment.isAnswered()) {
        byte[] bytes = Json.write(reply.body()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private Reply reply(
      HttpExchange exchange, String path, @Nullable String key, String body, boolean isFault) {
    if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return error(401, "invalid_api_key");
    }
    String[] parts = path.split("/", -1);
    String verb = parts.length > 4 ? parts[4] : "";
    // Asked outside of the lock: the shop may want something meanwhile.
    boolean isEarly = verb.equals("capture") && isEarly(parts[3]);
    List<Charge> changed = new ArrayList<>();
    Reply reply;
    synchronized (this) {
      Reply earlier = key == null ? null : kept.get(key);
      if (earlier != null) {
        return earlier;
      }
      if (isFault) {
        reply = new Reply(500, Map.of("error", Map.of("type", "api_error")));
      } else if (parts[2].equals("refunds")) {
        reply = key == null ? refundsOf(exchange) : refund(form(body), changed);
      } else if (parts.length == 3) {
        reply = create(form(body));
      } else {
        reply = onIntent(parts[3], verb, isEarly, changed);
      }
      if (key != null) {
        kept.put(key, reply);
      }
    }
    changed.forEach(whenChanged);
    return reply;
  }

  private boolean isEarly(String intent) {
    Charge charge;
    synchronized (this) {
      charge = charges.get(intent);
    }
    return charge != null && !isPaid.test(charge);
  }

  private Reply create(Map<String, String> form) {
    if (!"manual".equals(form.get("capture_method"))) {
      return error(400, "parameter_missing");
    }
    Charge charge =
        new Charge(
            "pi_" + (charges.size() + 1),
            form.getOrDefault("metadata[order]", ""),
            form.getOrDefault("metadata[payment]", ""),
            form.getOrDefault("payment_method", ""),
            "requires_confirmation",
            Long.parseLong(form.getOrDefault("amount", "0")),
            0,
            0,
            false);
    return told(put(charge));
  }

  private Reply onIntent(String id, String verb, boolean isEarly, List<Charge> changed) {
    Charge charge = charges.get(id);
    if (charge == null) {
      return error(404, "resource_missing");
    }
    Charge after =
        switch (verb + " " + charge.status()) {
          case "confirm requires_confirmation" -> charge.with(confirmed(charge.method()));
          case "capture requires_capture" -> charge.taken(isEarly);
          case "cancel requires_confirmation",
              "cancel requires_payment_method",
              "cancel requires_action",
              "cancel requires_capture" ->
              charge.with("canceled");
          default -> charge;
        };
    if (verb.isEmpty()) {
      return told(charge);
    }
    if (after.equals(charge)) {
      return error(400, "payment_intent_unexpected_state");
    }
    changed.add(put(after));
    return verb.equals("confirm") && after.method().equals(DECLINED)
        ? new Reply(
            402, Map.of("error", Map.of("code", "declined", "payment_intent", shown(after))))
        : told(after);
  }

  private static String confirmed(String method) {
    return switch (method) {
      case DECLINED -> "requires_payment_method";
      case ASKS -> "requires_action";
      default -> "requires_capture";
    };
  }

  private Reply refund(Map<String, String> form, List<Charge> changed) {
    Charge charge = Objects.requireNonNull(charges.get(form.getOrDefault("payment_intent", "")));
    long amount = Long.parseLong(form.getOrDefault("amount", "0"));
    if (amount > charge.kept()) {
      return error(400, "charge_already_refunded");
    }
    changed.add(put(charge.back(amount)));
    String id = "re_" + (refunds.size() + 1);
    Map<String, Object> refund =
        Map.of(
            "id",
            id,
            "status",
            "succeeded",
            "payment_intent",
            charge.id(),
            "metadata",
            Map.of("refund", form.getOrDefault("metadata[refund]", "")));
    refunds.put(id, refund);
    return new Reply(200, refund);
  }

  private Reply refundsOf(HttpExchange exchange) {
    String intent = form(exchange.getRequestURI().getRawQuery()).get("payment_intent");
    return new Reply(
        200,
        Map.of(
            "data",
            refunds.values().stream()
                .filter(each -> Objects.equals(each.get("payment_intent"), intent))
                .toList()));
  }

  private static Map<String, String> form(@Nullable String text) {
    Map<String, String> form = new HashMap<>();
    for (String part : (text == null ? "" : text).split("&", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) {
        form.put(
            URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
            URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static Reply told(Charge charge) {
    return new Reply(200, shown(charge));
  }

  /// As it is told, in answers and in events.
  public static Map<String, Object> shown(Charge charge) {
    return Map.of(
        "id", charge.id(),
        "object", "payment_intent",
        "status", charge.status(),
        "amount", charge.amount(),
        "client_secret", charge.id() + "_secret_of_the_buyer",
        "metadata", Map.of("payment", charge.payment()));
  }

  private static Reply error(int status, String code) {
    return new Reply(
        status, Map.of("error", Map.of("type", "invalid_request_error", "code", code)));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
