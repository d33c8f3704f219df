package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events are sent to where the tenant wants them, by the running node. Each test has a receiver
/// and a webhook of its own, and looks for events of its own things.
class WebhookRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  private final Shop shop = TestNode.shared().tenant("ticket-office");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private volatile Predicate<Attempt> isTaken = _ -> true;
  private final JsonNode made;
  private final String address;

  /// What has arrived.
  private record Attempt(String id, String timestamp, String signature, String type, String body) {
    static Attempt of(HttpExchange exchange) throws IOException {
      var headers = exchange.getRequestHeaders();
      return new Attempt(
          headers.getFirst("webhook-id"),
          headers.getFirst("webhook-timestamp"),
          headers.getFirst("webhook-signature"),
          headers.getFirst("Content-Type"),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  WebhookRoutesTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.setExecutor(threads);
    server.start();
    Reply reply = shop.post("/v1/webhooks", wanted("order.*", 5));
    assertEquals(201, reply.status(), reply.text());
    assertEquals("no-store", reply.header("Cache-Control"));
    made = reply.body();
    address = reply.header("Location");
  }

  @AfterEach
  void stop() {
    shop.delete(address);
    server.stop(0);
    threads.shutdownNow();
  }

  private String wanted(String type, int maxAttempts) {
    return """
        {"url":"http://127.0.0.1:%d/hook","types":["%s"],"max_attempts":%d}"""
        .formatted(server.getAddress().getPort(), type, maxAttempts);
  }

  private void receive(HttpExchange exchange) throws IOException {
    Attempt attempt = Attempt.of(exchange);
    boolean taken = isTaken.test(attempt);
    attempts.add(attempt);
    exchange.sendResponseHeaders(taken ? 204 : 503, -1);
    exchange.close();
  }

  private List<Attempt> of(String subject) {
    return attempts.stream()
        .filter(attempt -> attempt.json().path("subject").asText().equals(subject))
        .toList();
  }

  private static void await(BooleanSupplier isDone, String what) {
    Await.until(MAX_WAIT, what, isDone);
  }

  private String placed() {
    Reply placed = shop.post("/v1/orders", Shop.lines(shop.priced(5, 250), 1));
    assertEquals(201, placed.status(), placed.text());
    return "orders/" + placed.body().path("id").asText();
  }

  private void pay(String order) {
    Reply paid = shop.post("/v1/" + order + "/pay", "");
    assertEquals(200, paid.status(), paid.text());
  }

  private JsonNode webhook() {
    return shop.get(address).body();
  }

  private static String signature(String secret, Attempt attempt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signed = attempt.id() + "." + attempt.timestamp() + "." + attempt.body();
      return "v1,"
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEventIsSentSignedAsItStandsInTheFeed() {
    String order = placed();
    await(() -> of(order).size() == 1, "nothing was sent of " + order);
    Attempt attempt = of(order).getFirst();
    assertEquals("application/cloudevents+json; charset=utf-8", attempt.type());
    assertEquals(signature(made.path("secret").asText(), attempt), attempt.signature());
    long position = attempt.json().path("id").asLong();
    assertEquals(made.at("/webhook/id").asText() + "." + position, attempt.id());
    JsonNode page = shop.get("/v1/events?limit=1&after=" + (position - 1)).body();
    assertEquals(page.at("/events/0"), attempt.json());
    assertFalse(shop.get(address).text().contains("secret"));
  }

  @Test
  void whatIsNotTakenIsSentAgainAndWhatStandsBehindItWaits() {
    isTaken = attempt -> of(attempt.json().path("subject").asText()).size() >= 2;
    String order = placed();
    pay(order);
    await(() -> of(order).size() == 4, "sent of " + order + ": " + of(order));
    assertEquals(
        List.of("order.placed", "order.placed", "order.placed", "order.paid"),
        of(order).stream().map(attempt -> attempt.json().path("type").asText()).toList());
    await(() -> webhook().path("waiting").asInt() == 0, "something still waits");
  }

  @Test
  void whatIsGivenUpIsToldAndCanBeTriedAnew() {
    Reply changed = shop.put(address, wanted("order.*", 1));
    assertEquals(200, changed.status(), changed.text());
    isTaken = _ -> false;
    String order = placed();
    await(() -> webhook().path("dead").asInt() == 1, "nothing was given up");
    JsonNode dead = shop.get(address + "/deliveries?state=dead").body().path("deliveries");
    assertEquals(1, dead.size());
    assertEquals(order, dead.at("/0/subject").asText());
    assertEquals(503, dead.at("/0/last_status").asInt());
    assertEquals(1, dead.at("/0/attempts").asInt());

    isTaken = _ -> true;
    Reply replayed = shop.post(address + "/replays", "{\"dead\":true}");
    assertEquals(200, replayed.status(), replayed.text());
    await(() -> of(order).size() == 2, "it was not tried anew");
    await(() -> webhook().path("dead").asInt() == 0, "it is still there");
  }

  @Test
  void itIsSentAgainFromAPositionOn() {
    String order = placed();
    await(() -> of(order).size() == 1, "nothing was sent of " + order);
    long position = of(order).getFirst().json().path("id").asLong();
    Reply replayed = shop.post(address + "/replays", "{\"after\":\"" + (position - 1) + "\"}");
    assertEquals(200, replayed.status(), replayed.text());
    await(() -> of(order).size() == 2, "it was not sent again");
    assertEquals(of(order).getFirst().id(), of(order).getLast().id());
    Reply ahead = shop.post(address + "/replays", "{\"after\":\"999999999999\"}");
    assertEquals(400, ahead.status(), ahead.text());
  }

  @Test
  void oneThatIsPausedGoesOnWhereItWas() {
    Reply paused =
        shop.put(address, wanted("order.*", 5).replaceFirst("}$", ",\"state\":\"paused\"}"));
    assertEquals("paused", paused.body().path("state").asText());
    String order = placed();
    long position = shop.get(address).body().path("position").asLong();
    Reply resumed = shop.put(address, wanted("order.*", 5));
    assertEquals("active", resumed.body().path("state").asText());
    await(() -> of(order).size() == 1, "it was not sent");
    assertTrue(of(order).getFirst().json().path("id").asLong() > position);
  }

  @Test
  void anotherSecretSignsAfterARotation() {
    String before = made.path("secret").asText();
    Reply rotated = shop.post(address + "/rotations", "{\"overlap_seconds\":3600}");
    assertEquals(200, rotated.status(), rotated.text());
    String secret = rotated.body().path("secret").asText();
    assertNotEquals(before, secret);
    String order = placed();
    await(() -> of(order).size() == 1, "nothing was sent of " + order);
    Attempt attempt = of(order).getFirst();
    assertEquals(
        signature(secret, attempt) + " " + signature(before, attempt), attempt.signature());
  }

  @Test
  void aStaleChangeIsRefused() {
    Reply stale = shop.put(address, wanted("order.*", 5), "If-Match", "\"7\"");
    assertEquals(412, stale.status(), stale.text());
    Reply good = shop.put(address, wanted("order.paid", 5), "If-Match", "\"1\"");
    assertEquals(200, good.status(), good.text());
    assertEquals("\"2\"", good.header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"url\":\"http://10.0.0.1/\"}",
        "{\"url\":\"https://169.254.169.254/\"}",
        "{\"url\":\"https://u:p@example.com/\"}",
        "{\"url\":\"gopher://127.0.0.1/\"}",
        "{\"url\":\"http://127.0.0.1/\",\"types\":[]}",
        "{\"url\":\"http://127.0.0.1/\",\"types\":[\"order.moved\"]}",
        "{\"url\":\"http://127.0.0.1/\",\"max_attempts\":0}",
        "{\"url\":\"http://127.0.0.1/\",\"max_attempts\":21}",
        "{\"url\":\"http://127.0.0.1/\",\"after\":\"-1\"}",
        "{\"url\":\"http://127.0.0.1/\",\"after\":\"999999999999\"}",
        "{\"url\":\"http://127.0.0.1/\",\"secret\":\"whsec_mine\"}"
      })
  void whatIsNoWebhookIsRefused(String body) {
    Reply refused = shop.post("/v1/webhooks", body);
    assertEquals(400, refused.status(), refused.text());
  }

  @Test
  void thereAreNotEndlesslyMany() {
    Shop other = TestNode.shared().tenant("warehouse");
    int status = 201;
    int more = 0;
    while (status == 201 && more <= 20) {
      status = other.post("/v1/webhooks", OneOfEach.WEBHOOK).status();
      more++;
    }
    assertEquals(409, status);
    other
        .get("/v1/webhooks")
        .body()
        .path("webhooks")
        .forEach(one -> other.delete("/v1/webhooks/" + one.path("id").asText()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "01", "-1", "x", "9999999999999999999999", "%20"})
  void whatThereIsNotIsNotFound(String id) {
    assertEquals(404, shop.get("/v1/webhooks/" + id).status());
  }

  @Test
  void anothersIsNotFound() {
    Shop other = TestNode.shared().tenant("warehouse");
    assertEquals(404, other.get(address).status());
    assertEquals(404, other.delete(address).status());
    assertEquals(404, other.post(address + "/replays", "{\"dead\":true}").status());
    assertEquals(200, shop.get(address).status());
  }
}
