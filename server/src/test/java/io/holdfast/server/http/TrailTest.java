package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import io.holdfast.server.identity.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Who changed what, and who was refused, as the API tells it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrailTest {
  private static final String ENTRIES = "/v1/audit/entries";

  private final Keys sweets = Keys.ofTenant("sweet-shop");
  private final Shop shop = sweets.of(Role.OWNER);

  private static String query(String parameter, String value) {
    return ENTRIES + "?" + parameter + "=" + value;
  }

  private static JsonNode entries(Reply reply) {
    assertEquals(200, reply.status(), reply.text());
    return reply.body().path("entries");
  }

  /// The only entry of a request.
  private JsonNode entry(Reply of) {
    JsonNode found = entries(shop.get(query("request_id", of.header("X-Request-Id"))));
    assertEquals(1, found.size(), found.toString());
    return found.path(0);
  }

  private static String text(JsonNode entry, String member) {
    return entry.path(member).asText();
  }

  @Test
  void tellsWhoChangedWhatFromWhereAndWhatItWasBefore() {
    String location = shop.opened(10);
    String name = "till-7." + UUID.randomUUID();
    Reply changed =
        shop.patch("/v1/locations/" + location, "{\"priority\":3}", "X-Request-Id", name);
    assertEquals(name, changed.header("X-Request-Id"));
    JsonNode entry = entry(changed);
    assertEquals("done", text(entry, "outcome"));
    assertEquals("setPriority", text(entry, "operation"));
    assertEquals("127.0.0.1", text(entry, "address"));
    assertTrue(text(entry, "actor").matches("api-key \\d+"), entry.toString());
    assertEquals("location", text(entry.path("subject"), "kind"));
    assertEquals(location, text(entry.path("subject"), "name"));
    assertEquals(10, entry.path("before").path("priority").asLong());
    assertEquals(3, entry.path("after").path("priority").asLong());
    assertTrue(Instant.parse(text(entry, "at")).isAfter(Instant.now().minusSeconds(60)));
  }

  @Test
  void tellsOfNothingThatWasNotDoneAndOnceOfWhatWasRepeated() {
    String location = shop.opened(10);
    assertEquals(412, setPriority(location, "If-Match", "\"9\"").status());
    String key = UUID.randomUUID().toString();
    assertEquals(200, setPriority(location, "Idempotency-Key", key).status());
    Reply again = setPriority(location, "Idempotency-Key", key);
    assertEquals("true", again.header("Idempotent-Replayed"));
    List<String> operations =
        entries(shop.get(query("subject", location))).findValuesAsText("operation");
    assertEquals(List.of("setPriority", "openLocation"), operations);
  }

  private Reply setPriority(String location, String header, String value) {
    return shop.patch("/v1/locations/" + location, "{\"priority\":3}", header, value);
  }

  @Test
  void tellsWhatEachOfManyChangesAtOnceReplaced() {
    String location = shop.opened(0);
    IntStream.rangeClosed(1, 40)
        .parallel()
        .forEach(i -> shop.patch("/v1/locations/" + location, "{\"priority\":%d}".formatted(i)));
    JsonNode found = entries(shop.get(query("kind=location&subject", location)));
    assertEquals(41, found.size());
    for (JsonNode entry : found) {
      if (text(entry, "operation").equals("setPriority")) {
        long before = entry.path("before").path("version").asLong();
        assertEquals(before + 1, entry.path("after").path("version").asLong(), entry.toString());
      }
    }
  }

  @Test
  void anExtensionIsToldWithItsReservationAlsoInABatch() {
    String sku = shop.stocked(5);
    Reply held = shop.post("/v1/reservations", Shop.lines(sku, 1));
    String id = held.body().path("id").asText();
    Reply extended = shop.post("/v1/reservations/" + id + "/extend", "{\"ttl_seconds\":7200}");
    JsonNode entry = entry(extended);
    assertEquals("extend", text(entry, "operation"));
    assertEquals(id, text(entry.path("subject"), "name"));
    assertEquals(
        text(held.body(), "expires_at"), text(entry.path("before"), "expires_at"), held.text());
    assertEquals(text(extended.body(), "expires_at"), text(entry.path("after"), "expires_at"));
    String command = "{\"command\":\"extend\",\"id\":\"%s\",\"ttl_seconds\":9000}".formatted(id);
    Reply batch =
        shop.post(
            "/v1/stock/commands",
            "{\"atomic\":true,\"commands\":[%s,%s]}".formatted(command, command));
    assertEquals(200, batch.status(), batch.text());
    JsonNode both = entries(shop.get(query("request_id", batch.header("X-Request-Id"))));
    assertEquals(2, both.size(), both.toString());
    assertEquals(
        text(both.path(1).path("after"), "expires_at"),
        text(both.path(0).path("before"), "expires_at"));
  }

  @Test
  void whoeverIsRefusedForLackOfRightsIsTold() {
    Reply refused = sweets.of(Role.AUDITOR).post("/v1/locations", "{\"location\":\"x\"}");
    Reply batch =
        sweets
            .of(Role.STAFF)
            .post(
                "/v1/stock/commands",
                "{\"commands\":[{\"command\":\"count\",\"sku\":\"x\",\"on_hand\":1}]}");
    Reply metrics = sweets.of(Role.STAFF).get("/metrics");
    for (Reply reply : List.of(refused, batch, metrics)) {
      assertEquals(403, reply.status());
      await(() -> isTold(reply));
    }
    JsonNode entry = entry(refused);
    assertEquals("forbidden", text(entry, "outcome"));
    assertEquals("openLocation", text(entry, "operation"));
    assertEquals("change_locations", text(entry, "needs"));
    assertEquals("/v1/locations", text(entry.path("subject"), "name"));
    assertTrue(entry.path("before").isNull() && entry.path("after").isNull());
    assertEquals("submitCommands", text(entry(batch), "operation"));
    assertEquals("correct_stock", text(entry(batch), "needs"));
    assertEquals("read_metrics", text(entry(metrics), "needs"));
  }

  private boolean isTold(Reply reply) {
    return !entries(shop.get(query("request_id", reply.header("X-Request-Id")))).isEmpty();
  }

  @Test
  void whoeverIsRefusedAThousandTimesIsToldAFewTimesWithTheCount() {
    Shop customer = Keys.ofTenant("sweet-shop").of(Role.CUSTOMER);
    int asked = 1_000;
    String actor = actorOf(customer);
    IntStream.range(0, asked)
        .parallel()
        .forEach(_ -> assertEquals(403, customer.get("/v1/stock/policy").status()));
    String search = query("operation=getPolicy&actor", actor);
    await(() -> sum(entries(shop.get(search))) == asked);
    assertTrue(entries(shop.get(search)).size() < 20, shop.get(search).text());
  }

  private static long sum(JsonNode entries) {
    long times = 0;
    for (JsonNode entry : entries) {
      times += entry.path("times").asLong();
    }
    return times;
  }

  /// As the trail names whoever it refused.
  private String actorOf(Shop client) {
    Reply refused = client.get("/v1/audit");
    await(() -> isTold(refused));
    return text(entry(refused), "actor").replace(" ", "%20");
  }

  @Test
  void anotherTenantsEntriesAreNeverSeen() {
    String location = shop.opened(10);
    Shop stranger = Keys.ofTenant("ticket-office").of(Role.OWNER);
    stranger.opened(11);
    assertTrue(entries(stranger.get(query("subject", location))).isEmpty());
    assertFalse(stranger.get(ENTRIES + "?limit=1000").text().contains(location));
    assertFalse(entries(shop.get(query("subject", location))).isEmpty());
  }

  @Test
  void aSearchGoesThroughAllPagesOnce() {
    String location = shop.opened(0);
    for (int i = 1; i <= 6; i++) {
      shop.patch("/v1/locations/" + location, "{\"priority\":%d}".formatted(i));
    }
    StringBuilder priorities = new StringBuilder();
    String after = "";
    do {
      Reply page = shop.get(query("subject", location) + "&limit=3" + after);
      entries(page)
          .forEach(entry -> priorities.append(entry.path("after").path("priority").asInt()));
      after = page.body().path("next").isNull() ? "" : "&after=" + text(page.body(), "next");
    } while (!after.isEmpty());
    assertEquals("6543210", priorities.toString());
  }

  @Test
  void aSearchFindsByTimeAndByWhatBecameOfIt() {
    String location = shop.opened(0);
    JsonNode opened = entries(shop.get(query("subject", location))).path(0);
    String at = text(opened, "at");
    String later = Instant.parse(at).plusNanos(1_000).toString();
    String search = query("subject", location);
    assertEquals(1, entries(shop.get(search + "&from=" + at + "&to=" + later)).size());
    assertEquals(0, entries(shop.get(search + "&to=" + at)).size());
    assertEquals(0, entries(shop.get(search + "&from=" + later)).size());
    assertEquals(1, entries(shop.get(search + "&outcome=done&operation=openLocation")).size());
    assertEquals(0, entries(shop.get(search + "&outcome=forbidden")).size());
    for (String wrong :
        List.of(
            "outcome=maybe",
            "from=yesterday",
            "to=2026-13-01T00:00:00Z",
            "limit=0",
            "after=x",
            "colour=red",
            "actor=a&actor=b",
            "actor=%00")) {
      Reply refused = shop.get(ENTRIES + "?" + wrong);
      assertEquals(400, refused.status(), wrong);
      assertEquals(wrong.substring(0, wrong.indexOf('=')), refused.member(), wrong);
    }
  }

  @Test
  void everyAnswerNamesItsRequest() {
    Shop stranger = TestNode.shared().stranger();
    for (Reply reply :
        List.of(
            stranger.get("/nothing"),
            stranger.get("/v1/items"),
            shop.get("/v1/items"),
            stranger.get("/console"),
            shop.get("//items"))) {
      assertTrue(reply.header("X-Request-Id").matches("[0-9a-f]{32}"), reply.text());
    }
    for (String fooling : List.of("a b", "<x>", "x".repeat(65), "a;b", "ä")) {
      Reply reply = shop.send(shop.request("/v1/ping").header("X-Request-Id", fooling).GET());
      assertNotEquals(fooling, reply.header("X-Request-Id"));
      assertTrue(reply.header("X-Request-Id").matches("[0-9a-f]{32}"), reply.text());
    }
  }

  @Test
  void theAddressIsThatOfTheConnectionWhateverAHeaderSays() {
    String location = "place-" + UUID.randomUUID();
    Reply made =
        shop.send(
            shop.request("/v1/locations")
                .header("X-Forwarded-For", "203.0.113.7")
                .header("Forwarded", "for=203.0.113.7")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"location\":\"%s\"}".formatted(location))));
    assertEquals(201, made.status());
    assertEquals("127.0.0.1", text(entry(made), "address"));
  }

  @Test
  void whatIsWrittenIsSealedSoon() {
    String location = shop.opened(0);
    String search = query("subject", location);
    await(() -> !entries(shop.get(search)).path(0).path("seal").isNull());
    JsonNode seal = entries(shop.get(search)).path(0).path("seal");
    assertTrue(text(seal, "hash").matches("[0-9a-f]{64}"), seal.toString());
    assertTrue(shop.get("/metrics").text().contains("holdfast_trail_unsealed_age_seconds"));
    assertTrue(shop.get("/metrics").text().contains("holdfast_trail_entries_total"));
  }

  @Test
  void whatWasNotSealedWhenItsNodeWasKilledIsSealedByTheNext() throws Exception {
    Path folder = DataFolder.fresh();
    String[] serve = {"serve", "--port", "0", "--throwaway", "--data-dir", folder.toString()};
    Program first = Program.start(serve);
    Shop killed = new Shop(first.address(), DataFolder.key(folder, "sweet-shop"));
    killed.opened(1);
    await(() -> isSealed(killed));
    String location;
    // Whoever has the head keeps everybody from sealing.
    try (Connection holder = DriverManager.getConnection(DataFolder.databaseUrl(folder));
        Statement statement = holder.createStatement()) {
      holdHead(holder, statement);
      location = killed.opened(2);
      assertFalse(isSealed(killed));
      first.kill();
    }
    Program second = Program.start(serve);
    Shop next = new Shop(second.address(), DataFolder.key(folder, "sweet-shop"));
    await(() -> isSealed(next));
    assertEquals(location, text(entries(next.get(ENTRIES)).path(0).path("subject"), "name"));
    assertEquals(0, second.terminate().exitCode());
    assertEquals(0, Program.run("verify", "--data-dir", folder.toString()).exitCode());
  }

  private static void holdHead(Connection holder, Statement statement) throws SQLException {
    holder.setAutoCommit(false);
    statement.execute(
        "SELECT set_config('holdfast.tenant_id', tenant_id::text, true)"
            + " FROM holdfast.tenant_of_slug('sweet-shop')");
    statement.execute("SELECT FROM holdfast.trail_heads FOR UPDATE");
  }

  private static boolean isSealed(Shop of) {
    return !entries(of.get(ENTRIES + "?limit=1")).path(0).path("seal").isNull();
  }

  @Test
  void refusalsAreWrittenBeforeANodeHasStopped() throws Exception {
    Path folder = DataFolder.fresh();
    Program node =
        Program.start(
            "serve",
            "--port",
            "0",
            "--data-dir",
            folder.toString(),
            "--db-url",
            DataFolder.databaseUrl(TestNode.shared().folder()));
    Shop there = new Shop(node.address(), sweets.of(Role.CUSTOMER).key());
    Reply refused = there.get("/v1/stock/policy");
    assertEquals(403, refused.status());
    assertEquals(0, node.terminate().exitCode());
    assertEquals("getPolicy", text(entry(refused), "operation"));
  }

  private static void await(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(15), "it does not come about", condition);
  }
}
