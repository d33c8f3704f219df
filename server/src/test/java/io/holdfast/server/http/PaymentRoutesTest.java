package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import io.holdfast.server.payment.StripeServer;
import io.holdfast.server.payment.StripeServer.Fault;
import io.holdfast.server.payment.StripeServer.RefundRow;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Orders are paid by the running node at a server that speaks as the provider does.
class PaymentRoutesTest {
  private static final StripeServer STRIPE = TestNode.STRIPE;
  private static final String SECRET = "whsec_of_the_ticket_office";
  private static final long PRICE = 250;
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final Shop shop = TestNode.shared().tenant("ticket-office");
  private final Shop stranger = TestNode.shared().stranger();

  @BeforeEach
  void choose() {
    settings("refund");
  }

  private Reply settings(String latePayment) {
    Reply reply =
        shop.put(
            "/v1/payment-settings",
            """
            {"provider":"stripe","secret_key":"%s","webhook_secret":"%s","late_payment":"%s"}"""
                .formatted(StripeServer.KEY, SECRET, latePayment));
    assertEquals(200, reply.status(), reply.text());
    return reply;
  }

  private String placed(long units) {
    Reply placed = shop.post("/v1/orders", Shop.lines(shop.priced(5, PRICE), units));
    assertEquals(201, placed.status(), placed.text());
    return "/v1/orders/" + placed.body().path("id").asText();
  }

  private Reply pay(String order, String method) {
    return shop.post(order + "/payments", "{\"payment_method\":\"%s\"}".formatted(method));
  }

  private JsonNode payment(String order) {
    return shop.get(order + "/payments").body().path("payments").path(0);
  }

  private String state(String order) {
    return shop.get(order).body().path("state").asText();
  }

  private static void await(BooleanSupplier isDone, String what) {
    Await.until(MAX_WAIT, what, isDone);
  }

  private Reply tell(String body, String signature) {
    return stranger.send(
        stranger
            .request("/v1/payment-events/ticket-office")
            .header("Content-Type", "application/json")
            .header("Stripe-Signature", signature),
        body);
  }

  private static String event(String intent) {
    return """
        {"id":"evt_%s","type":"payment_intent.something_new","data":{"object":{"id":"%s",\
        "object":"payment_intent","status":"succeeded"}}}"""
        .formatted(UUID.randomUUID().toString().replace("-", ""), intent);
  }

  private static String signed(String body) {
    return StripeServer.signature(SECRET, body, Instant.now());
  }

  @Test
  void anOrderIsPaidByCard() {
    String order = placed(2);
    Reply paid = pay(order, StripeServer.GOOD);
    assertEquals(201, paid.status(), paid.text());
    assertEquals("captured", paid.body().path("state").asText());
    assertEquals("no-store", paid.header("Cache-Control"));
    JsonNode told = shop.get(order).body();
    assertEquals("paid", told.path("state").asText());
    assertEquals("stripe", told.at("/payment/method").asText());
    assertEquals(paid.body().path("intent"), told.at("/payment/reference"));
    assertEquals(paid.body(), payment(order));
    Reply again = pay(order, StripeServer.GOOD);
    assertEquals(409, again.status());
    assertEquals("illegal_order_step", again.code());
  }

  @Test
  void whileAPaymentIsUnderWayThereIsNoOther() {
    String order = placed(1);
    assertEquals("pending", pay(order, StripeServer.ASKS_THE_BUYER).body().path("state").asText());
    Reply second = pay(order, StripeServer.GOOD);
    assertEquals(409, second.status());
    assertEquals("payment_under_way", second.code());
  }

  @Test
  void whoseAnswerWasLostIsSettledByItself() {
    String order = placed(1);
    STRIPE.fail("capture", Fault.LOST_ANSWER);
    assertEquals("confirmed", pay(order, StripeServer.GOOD).body().path("state").asText());
    await(() -> payment(order).path("state").asText().equals("captured"), "it is never settled");
    String id = payment(order).path("id").asText();
    assertEquals(1, STRIPE.intentsOf(id).size());
    assertEquals(PRICE, STRIPE.intentsOf(id).getFirst().received());
  }

  /// The provider has taken the money, and the node that asked for it is gone.
  @Test
  void whatANodeThatIsKilledHadBegunAnotherOneEnds() throws Exception {
    Program doomed =
        Program.start(
            "serve",
            "--port",
            "0",
            "--no-demo",
            "--db-url",
            DataFolder.databaseUrl(TestNode.shared().folder()),
            "--stripe-url",
            STRIPE.url(),
            "--data-dir",
            DataFolder.fresh().toString());
    Shop there = new Shop(doomed.address(), shop.key());
    String order = placed(1);
    CompletableFuture<String> killed = new CompletableFuture<>();
    STRIPE.beforeCapture(
        intent -> {
          if (killed.complete(intent)) {
            kill(doomed);
          }
        });
    String body = "{\"payment_method\":\"%s\"}".formatted(StripeServer.GOOD);
    assertThrows(UncheckedIOException.class, () -> there.post(order + "/payments", body));
    String id = payment(order).path("id").asText();
    await(() -> STRIPE.intentsOf(id).getFirst().received() == PRICE, "it is never taken");
    assertEquals("confirmed", payment(order).path("state").asText());
    assertEquals("paid", state(order));
    endLease(id);
    await(() -> payment(order).path("state").asText().equals("captured"), "nobody goes on");
    assertEquals(1, STRIPE.intentsOf(id).size());
    assertEquals(PRICE, STRIPE.intentsOf(id).getFirst().received());
    assertEquals(killed.join(), STRIPE.intentsOf(id).getFirst().id());
  }

  private static void kill(Program doomed) {
    try {
      doomed.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// As if 40 seconds were over.
  private static void endLease(String payment) throws Exception {
    String url = DataFolder.superuserUrl(TestNode.shared().folder());
    try (Connection superuser = DriverManager.getConnection(url);
        PreparedStatement update =
            superuser.prepareStatement(
                """
                UPDATE holdfast.payments SET leased_until = leased_until - interval '1 minute'
                WHERE payment_id = ?::uuid AND leased_until > clock_timestamp()""")) {
      update.setString(1, payment);
      assertEquals(1, update.executeUpdate());
    }
  }

  @Test
  void anEventHasThePaymentLookedAtAndIsBelievedNothing() {
    String order = placed(1);
    String intent = pay(order, StripeServer.ASKS_THE_BUYER).body().path("intent").asText();
    String lie = event(intent);
    assertEquals(200, tell(lie, signed(lie)).status());
    await(() -> STRIPE.looksAt(intent) > 0, "nobody asks");
    assertEquals("pending", payment(order).path("state").asText());
    assertEquals("placed", state(order));
    STRIPE.buyerDone(intent, true);
    String truth = event(intent);
    assertEquals(200, tell(truth, signed(truth)).status());
    await(() -> payment(order).path("state").asText().equals("captured"), "nobody looks");
    assertEquals("paid", state(order));
  }

  /// As an intent has it whose card was declined.
  @Test
  void anEventMayBeDeeperThanWhatIsAskedForHere() {
    String card = "{\"card\":{\"networks\":{\"available\":[{\"of\":[\"visa\"]}]}}}";
    String event =
        """
        {"id":"evt_%s","type":"any","data":{"object":{"id":"pi_of_nobody",\
        "object":"payment_intent","last_payment_error":{"payment_method":%s}}}}"""
            .formatted(UUID.randomUUID().toString().replace("-", ""), card);
    assertEquals(200, tell(event, signed(event)).status());
  }

  @Test
  void aClientSecretIsToldToWhoeverPays() {
    String order = placed(1);
    Reply pending = pay(order, StripeServer.ASKS_THE_BUYER);
    assertFalse(pending.body().path("client_secret").isNull());
    assertFalse(payment(order).path("client_secret").isNull());
    Reply key = shop.post("/v1/api-keys", "{\"name\":\"a till\",\"role\":\"staff\"}");
    Shop other =
        new Shop(TestNode.shared().stranger().address(), key.body().path("secret").asText());
    JsonNode seen = other.get(order + "/payments").body().at("/payments/0");
    assertEquals(pending.body().path("id"), seen.path("id"));
    assertTrue(seen.path("client_secret").isNull(), seen::toString);
  }

  @Test
  void anEventThatComesAgainDoesNothing() {
    String order = placed(1);
    String intent = pay(order, StripeServer.ASKS_THE_BUYER).body().path("intent").asText();
    String event = event(intent);
    assertEquals(200, tell(event, signed(event)).status());
    await(() -> STRIPE.looksAt(intent) == 1, "nobody asks");
    assertEquals(200, tell(event, signed(event)).status());
    assertEquals(1, STRIPE.looksAt(intent));
    assertEquals("pending", payment(order).path("state").asText());
    assertEquals("placed", state(order));
  }

  @Test
  void whatTheProviderHasNotSignedIsRefused() {
    String event = event("pi_of_nobody");
    Instant longAgo = Instant.now().minusSeconds(400);
    for (String signature :
        List.of(
            "",
            "t=1,v1=00",
            signed(event).replace("v1=", "v0="),
            signed(event + " "),
            StripeServer.signature("whsec_of_somebody", event, Instant.now()),
            StripeServer.signature(SECRET, event, longAgo))) {
      Reply reply = tell(event, signature);
      assertEquals(400, reply.status(), signature);
      assertEquals("event_refused", reply.code());
    }
  }

  @Test
  void whatIsCancelledOrComesBackIsRefunded() {
    String cancelled = placed(2);
    pay(cancelled, StripeServer.GOOD);
    assertEquals(200, shop.post(cancelled + "/cancel", "").status());
    await(() -> refundsOf(cancelled).equals(List.of(2 * PRICE)), "it is never refunded");
    String order = placed(3);
    pay(order, StripeServer.GOOD);
    shop.post(order + "/fulfil", "");
    String sku = shop.get(order).body().at("/lines/0/sku").asText();
    String one = "{\"lines\":[{\"sku\":\"%s\",\"quantity\":1}]}".formatted(sku);
    assertEquals(200, shop.post(order + "/returns", one).status());
    await(() -> refundsOf(order).equals(List.of(PRICE)), "one is never refunded");
    assertEquals(200, shop.post(order + "/returns", "").status());
    await(() -> refundsOf(order).equals(List.of(PRICE, 2 * PRICE)), "two are never refunded");
    await(
        () -> payment(order).at("/refunds/1/state").asText().equals("made"), "it is never written");
  }

  private List<Long> refundsOf(String order) {
    return STRIPE.refundsOf(payment(order).path("intent").asText()).stream()
        .map(RefundRow::amount)
        .toList();
  }

  @Test
  void whatIsCancelledBeforeTheBankSaysYesIsNeverCharged() {
    String order = placed(1);
    JsonNode pending = pay(order, StripeServer.ASKS_THE_BUYER).body();
    shop.post(order + "/cancel", "");
    await(() -> payment(order).path("state").asText().equals("cancelled"), "it is left open");
    assertEquals("canceled", STRIPE.intentsOf(pending.path("id").asText()).getFirst().status());
  }

  @Test
  void secretsAreNeverTold() {
    Reply set = settings("reserve_again");
    Reply read = shop.get("/v1/payment-settings");
    assertEquals(set.text(), read.text());
    assertFalse(read.text().contains(StripeServer.KEY) || read.text().contains(SECRET));
    assertEquals("hine", read.body().at("/secret_key/last").asText());
    assertTrue(read.body().at("/webhook_secret/is_set").asBoolean());
    Reply kept = shop.put("/v1/payment-settings", "{\"provider\":\"stripe\"}");
    assertEquals("hine", kept.body().at("/secret_key/last").asText());
    assertEquals("refund", kept.body().path("late_payment").asText());
    Reply stale =
        shop.put("/v1/payment-settings", "{\"provider\":\"stripe\"}", "If-Match", "\"1\"");
    assertEquals(412, stale.status());
  }
}
