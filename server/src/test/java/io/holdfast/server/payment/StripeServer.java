package io.holdfast.server.payment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.server.json.JsonWriting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Speaks as Stripe does, on this machine: intents that are captured by hand, refunds, and keys for
/// which all is done once and told again, faults too. It loses answers when it is told to.
public final class StripeServer implements AutoCloseable {
  public static final String KEY = "sk_test_of_this_machine";
  public static final String GOOD = "pm_card_visa";
  public static final String DECLINED = "pm_card_declined";
  public static final String ASKS_THE_BUYER = "pm_card_threeDSecure";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, IntentRow> intents = new LinkedHashMap<>();
  private final Map<String, RefundRow> refunds = new LinkedHashMap<>();
  private final Map<String, Kept> kept = new TreeMap<>();
  private final List<String> looks = new ArrayList<>();
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean isRefusing;
  private volatile String refundStatus = "succeeded";
  private volatile Consumer<String> beforeCapture = _ -> {};

  /// What goes wrong with the next request of a kind.
  public enum Fault {
    /// It is done, and nobody hears of it.
    LOST_ANSWER,
    /// It is not done, and nobody hears of that.
    LOST_REQUEST,
    /// It is done, and the answer does not come for as long as anybody waits.
    SLOW,
    /// It is not done, and that is told as a fault, also when it is asked again.
    FAULT
  }

  /// An intent as it is here.
  public record IntentRow(
      String id,
      String status,
      long amount,
      String currency,
      long received,
      Map<String, String> form) {
    IntentRow with(String newStatus, long newReceived) {
      return new IntentRow(id, newStatus, amount, currency, newReceived, form);
    }
  }

  /// A refund as it is here.
  public record RefundRow(String id, String intent, long amount, String name) {}

  private record Reply(int status, Object body) {}

  private record Kept(String asked, Reply reply) {}

  public StripeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// @param kind `create`, `authorize`, `capture`, `cancel`, `refund`, `find` or `list`
  public void fail(String kind, Fault fault) {
    faults.put(kind, fault);
  }

  /// @param look given the intent's id before anything is taken
  public void beforeCapture(Consumer<String> look) {
    beforeCapture = look;
  }

  public synchronized List<IntentRow> intentsOf(String payment) {
    return intents.values().stream()
        .filter(intent -> payment.equals(intent.form().get("metadata[payment]")))
        .toList();
  }

  public synchronized List<RefundRow> refundsOf(String intent) {
    return refunds.values().stream().filter(refund -> refund.intent().equals(intent)).toList();
  }

  /// Whether no refund can be made any more.
  public void refuseRefunds(boolean isIt) {
    isRefusing = isIt;
  }

  /// What becomes of refunds.
  public void refundsEnd(String status) {
    refundStatus = status;
  }

  /// The buyer has done what the bank asked, or not.
  public synchronized void buyerDone(String intent, boolean isGood) {
    change(intent, isGood ? "requires_capture" : "requires_payment_method", 0);
  }

  /// Somebody has taken the money by hand.
  public synchronized void charge(String intent) {
    change(intent, "succeeded", found(intent).amount());
  }

  /// The money was set free, by somebody or by time.
  public synchronized void lapse(String intent) {
    change(intent, "canceled", 0);
  }

  /// How often it was asked how an intent is.
  public synchronized long looksAt(String intent) {
    return looks.stream().filter(intent::equals).count();
  }

  /// As it signs what it sends.
  public static String signature(String secret, String body, Instant at) {
    long seconds = at.getEpochSecond();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] code = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
      return "t=%d,v1=%s,v0=other".formatted(seconds, HexFormat.of().formatHex(code));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As it does after a day.
  public synchronized void forgetKeys() {
    kept.clear();
  }

  private IntentRow found(String intent) {
    return Objects.requireNonNull(intents.get(intent), intent);
  }

  private IntentRow change(String intent, String status, long received) {
    IntentRow changed = found(intent).with(status, received);
    intents.put(intent, changed);
    return changed;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      String kind = kind(exchange.getRequestMethod(), path);
      Fault fault = faults.remove(kind);
      if (fault == Fault.LOST_REQUEST) {
        return;
      }
      Reply reply = reply(exchange, kind, path, body, fault == Fault.FAULT);
      if (fault == Fault.SLOW) {
        closing.await();
      }
      if (fault == null || fault == Fault.FAULT) {
        send(exchange, reply);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] bytes = JsonWriting.bytes(reply.body());
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String kind(String method, String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (last.equals("capture") || last.equals("cancel")) {
      return last;
    }
    if (last.equals("confirm")) {
      return "authorize";
    }
    boolean isRefund = path.startsWith("/v1/refunds");
    return method.equals("POST") ? (isRefund ? "refund" : "create") : (isRefund ? "list" : "find");
  }

  private Reply reply(
      HttpExchange exchange, String kind, String path, String body, boolean isFaulty) {
    if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return error(401, "invalid_request_error", "invalid_api_key");
    }
    if (kind.equals("capture")) {
      beforeCapture.accept(path.split("/", -1)[3]);
    }
    synchronized (this) {
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      if (key == null) {
        return kind.equals("find") || kind.equals("list")
            ? done(kind, path, form(exchange.getRequestURI().getRawQuery()))
            : error(400, "invalid_request_error", "without_key");
      }
      Kept earlier = kept.get(key);
      String asked = path + "\n" + body;
      if (earlier != null && !earlier.asked().equals(asked)) {
        return error(400, "idempotency_error", "key_reused");
      }
      if (earlier == null) {
        Reply reply = isFaulty ? error(500, "api_error", "fault") : done(kind, path, form(body));
        earlier = new Kept(asked, reply);
        kept.put(key, earlier);
      }
      return earlier.reply();
    }
  }

  private static Map<String, String> form(@Nullable String text) {
    Map<String, String> form = new LinkedHashMap<>();
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

  private Reply done(String kind, String path, Map<String, String> form) {
    return switch (kind) {
      case "create" -> create(form);
      case "refund" -> refund(form);
      case "list" -> list(form);
      default -> {
        String id = path.split("/", -1)[3];
        yield intents.containsKey(id)
            ? onIntent(kind, id)
            : error(404, "invalid_request_error", "resource_missing");
      }
    };
  }

  private Reply create(Map<String, String> form) {
    if (!"manual".equals(form.get("capture_method")) || form.get("payment_method") == null) {
      return error(400, "invalid_request_error", "parameter_missing");
    }
    String id = "pi_" + UUID.randomUUID().toString().replace("-", "");
    IntentRow intent =
        new IntentRow(
            id,
            "requires_confirmation",
            Long.parseLong(String.valueOf(form.get("amount"))),
            String.valueOf(form.get("currency")),
            0,
            form);
    intents.put(id, intent);
    return new Reply(200, shown(intent));
  }

  private Reply confirm(IntentRow before) {
    String method = String.valueOf(before.form().get("payment_method"));
    String status =
        switch (method) {
          case DECLINED -> "requires_payment_method";
          case ASKS_THE_BUYER -> "requires_action";
          default -> "requires_capture";
        };
    IntentRow intent = change(before.id(), status, 0);
    return method.equals(DECLINED)
        ? new Reply(
            402,
            Map.of(
                "error",
                Map.of(
                    "type",
                    "card_error",
                    "code",
                    "card_declined",
                    "payment_intent",
                    shown(intent))))
        : new Reply(200, shown(intent));
  }

  private Reply onIntent(String kind, String id) {
    IntentRow intent = found(id);
    boolean isOpen =
        List.of(
                "requires_confirmation",
                "requires_capture",
                "requires_action",
                "requires_payment_method")
            .contains(intent.status());
    if (kind.equals("find")) {
      looks.add(id);
      return new Reply(200, shown(intent));
    }
    if (kind.equals("authorize") && intent.status().equals("requires_confirmation")) {
      return confirm(intent);
    }
    if (kind.equals("cancel") && isOpen) {
      return new Reply(200, shown(change(id, "canceled", 0)));
    }
    if (kind.equals("capture") && intent.status().equals("requires_capture")) {
      return new Reply(200, shown(change(id, "succeeded", intent.amount())));
    }
    return error(400, "invalid_request_error", "payment_intent_unexpected_state");
  }

  private Reply refund(Map<String, String> form) {
    String intent = String.valueOf(form.get("payment_intent"));
    long amount = Long.parseLong(String.valueOf(form.get("amount")));
    long before = refundsOf(intent).stream().mapToLong(RefundRow::amount).sum();
    if (isRefusing || before + amount > found(intent).received()) {
      return error(400, "invalid_request_error", "charge_already_refunded");
    }
    RefundRow refund =
        new RefundRow(
            "re_" + UUID.randomUUID().toString().replace("-", ""),
            intent,
            amount,
            String.valueOf(form.get("metadata[refund]")));
    refunds.put(refund.id(), refund);
    return new Reply(200, shown(refund));
  }

  private Reply list(Map<String, String> form) {
    List<Map<String, Object>> data =
        refundsOf(String.valueOf(form.get("payment_intent"))).stream().map(this::shown).toList();
    return new Reply(200, Map.of("object", "list", "data", data));
  }

  private Map<String, Object> shown(RefundRow refund) {
    return Map.of(
        "id",
        refund.id(),
        "amount",
        refund.amount(),
        "status",
        refundStatus,
        "failure_reason",
        "lost_or_stolen_card",
        "metadata",
        Map.of("refund", refund.name()));
  }

  private static Map<String, Object> shown(IntentRow intent) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", intent.id());
    shown.put("object", "payment_intent");
    shown.put("status", intent.status());
    shown.put("amount", intent.amount());
    shown.put("amount_received", intent.received());
    shown.put("client_secret", intent.id() + "_secret_of_the_buyer");
    if (intent.status().equals("requires_payment_method")) {
      shown.put("last_payment_error", Map.of("code", "card_declined"));
    }
    return shown;
  }

  private static Reply error(int status, String type, String code) {
    return new Reply(status, Map.of("error", Map.of("type", type, "code", code)));
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
