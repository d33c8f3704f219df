package io.holdfast.proof.prove;

import static io.holdfast.proof.prove.FakeShop.problem;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.http.Message;
import io.holdfast.proof.payment.Messenger;
import io.holdfast.proof.prove.FakeShop.Answer;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.till.Till;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The payments of a [FakeShop], which look again and again how their intents are.
final class FakePayments implements AutoCloseable {
  private static final int ROUND_MILLIS = 50;
  private static final int STEPS_MAX = 8;
  private static final List<String> ENDS = List.of("captured", "cancelled", "declined");

  private final Defect defect;
  private final FakeOrders orders;
  private final String till;
  private final Object shop;
  private final Queue<Payment> payments = new ConcurrentLinkedQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(8);

  private static final class Payment {
    private final String id = UUID.randomUUID().toString();
    private final String order;
    private final String method;
    private final long amount;
    private volatile String state = "begun";
    private volatile String intent = "";
    private String key = id;
    private int tries;
    private boolean isConfirmed;
    private boolean isLeft;
    private volatile boolean isRefunded;

    private Payment(String order, String method, long amount) {
      this.order = order;
      this.method = method;
      this.amount = amount;
    }

    private Map<String, Object> told() {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("id", id);
      members.put("state", state);
      members.put("intent", intent);
      members.put("amount", amount);
      members.put("refunds", List.of());
      return members;
    }
  }

  /// @param shop whose orders one lets in at a time
  FakePayments(Defect defect, FakeOrders orders, String till, Object shop) {
    this.defect = defect;
    this.orders = orders;
    this.till = till;
    this.shop = shop;
    var _ = clock.scheduleWithFixedDelay(this::goOn, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
  }

  static boolean isAbout(String path) {
    return path.startsWith("/v1/payment-") || path.endsWith("/payments");
  }

  Answer answer(String path, Message message) throws IOException {
    if (path.equals("/v1/payment-settings")) {
      return new Answer(200, "{}");
    }
    if (path.startsWith("/v1/payment-events/")) {
      return isSigned(message) || defect == Defect.EVENT_TAKEN_UNSIGNED
          ? new Answer(200, "{}")
          : problem(400, "event_refused");
    }
    String order = path.split("/", -1)[3];
    if (message.start().startsWith("GET")) {
      return new Answer(200, Json.write(Map.of("payments", of(order))));
    }
    Payment begun;
    synchronized (shop) {
      if (!orders.isPlaced(order)) {
        return problem(409, "illegal_order_step");
      }
      if (payments.stream().anyMatch(each -> each.order.equals(order) && isLive(each))) {
        return problem(409, "payment_under_way");
      }
      String method = Json.read(message.body()).path("payment_method").asText();
      begun = new Payment(order, method, orders.total(order));
      payments.add(begun);
    }
    settle(begun);
    return new Answer(201, Json.write(begun.told()));
  }

  private static boolean isLive(Payment payment) {
    return !payment.state.equals("declined") && !payment.state.equals("cancelled");
  }

  private List<Map<String, Object>> of(String order) {
    return payments.stream().filter(each -> each.order.equals(order)).map(Payment::told).toList();
  }

  private static boolean isSigned(Message message) {
    String header = String.valueOf(message.headers().get("stripe-signature"));
    String seconds = header.replaceFirst("^t=(\\d+),.*$", "$1");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret = Messenger.SECRET.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] signed = (seconds + "." + message.body()).getBytes(StandardCharsets.UTF_8);
      return header.endsWith("v1=" + HexFormat.of().formatHex(mac.doFinal(signed)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void goOn() {
    for (Payment payment : payments) {
      if (!ENDS.contains(payment.state) || mustGoBack(payment)) {
        clock.execute(() -> settle(payment));
      }
    }
  }

  private boolean mustGoBack(Payment payment) {
    synchronized (shop) {
      return payment.state.equals("captured")
          && !payment.isRefunded
          && orders.isCancelled(payment.order);
    }
  }

  private void settle(Payment payment) {
    synchronized (payment) {
      for (int i = 0; i < STEPS_MAX && !payment.isLeft && isGoneOn(payment); i++) {
        payment.isLeft = payment.tries > 0 && defect == Defect.LOST_ANSWER_LEFT;
      }
    }
  }

  /// @return whether there may be more to do at once
  private boolean isGoneOn(Payment payment) {
    if (mustGoBack(payment)) {
      payment.isRefunded = isRefunded(payment);
      return false;
    }
    if (ENDS.contains(payment.state)) {
      return false;
    }
    if (payment.intent.isEmpty()) {
      return isCreated(payment);
    }
    String status = ask("GET", payment.intent, "", Map.of()).path("status").asText("");
    return switch (status) {
      case "requires_confirmation" -> wanted(payment, "confirm");
      case "requires_action" -> {
        payment.state = "pending";
        yield isGivenUp(payment) && wanted(payment, "cancel");
      }
      case "requires_payment_method" -> {
        payment.state = payment.method.equals(Till.DECLINED) ? "declined" : payment.state;
        yield !payment.state.equals("declined") && wanted(payment, "cancel");
      }
      case "requires_capture" -> {
        boolean isFirst = defect != Defect.CHARGED_BEFORE_STOCK;
        boolean isGood = !isFirst || isPaid(payment) || defect == Defect.LATE_PAYMENT_KEPT;
        yield wanted(payment, isGood ? "capture" : "cancel");
      }
      case "succeeded" -> {
        var _ = isPaid(payment);
        payment.state = "captured";
        yield false;
      }
      case "canceled" -> {
        payment.state = "cancelled";
        yield false;
      }
      default -> false;
    };
  }

  private boolean isGivenUp(Payment payment) {
    synchronized (shop) {
      return orders.isGivenUp(payment.order);
    }
  }

  private boolean isPaid(Payment payment) {
    synchronized (shop) {
      payment.isConfirmed = payment.isConfirmed || orders.pay(payment.order, payment.intent);
      return payment.isConfirmed;
    }
  }

  private boolean isCreated(Payment payment) {
    JsonNode made =
        ask(
            "POST",
            "",
            payment.key,
            Map.of(
                "amount",
                Long.toString(payment.amount),
                "capture_method",
                "manual",
                "payment_method",
                payment.method,
                "metadata[order]",
                orders.number(payment.order),
                "metadata[payment]",
                payment.id));
    payment.intent = made.path("id").asText("");
    if (payment.intent.isEmpty()) {
      payment.tries++;
      payment.key = payment.id + "-" + payment.tries;
    }
    return !payment.intent.isEmpty();
  }

  private boolean wanted(Payment payment, String verb) {
    payment.tries++;
    String key = payment.intent + verb + payment.tries;
    boolean isAnswered = !ask("POST", payment.intent + "/" + verb, key, Map.of()).isMissingNode();
    if (isAnswered) {
      payment.tries = 0;
    } else if (defect == Defect.CHARGED_AGAIN && verb.equals("capture")) {
      payment.intent = "";
      payment.key = UUID.randomUUID().toString();
    }
    return true;
  }

  private boolean isRefunded(Payment payment) {
    if (defect == Defect.CANCELLED_AND_KEPT) {
      return true;
    }
    return !send(
            "/v1/refunds",
            "POST",
            payment.id + "-refund",
            Map.of("payment_intent", payment.intent, "amount", Long.toString(payment.amount)))
        .isMissingNode();
  }

  private JsonNode ask(String method, String path, String key, Map<String, String> form) {
    String whole = "/v1/payment_intents" + (path.isEmpty() ? "" : "/" + path);
    return send(whole, method, key, form);
  }

  /// Missing: there was no answer, or a fault.
  private JsonNode send(String path, String method, String key, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(till + path))
            .header("Authorization", "Bearer " + Till.KEY)
            .method(
                method,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return Json.orMissing(response.statusCode() < 500 ? response.body() : "none");
    } catch (IOException unanswered) {
      return Json.orMissing("none");
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
      return Json.orMissing("none");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.shutdownNow();
  }
}
