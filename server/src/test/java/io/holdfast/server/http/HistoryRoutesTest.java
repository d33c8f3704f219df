package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Long enough for no buffer between the node and a client to take them all.
  private static final String LONG_LEDGER =
      """
      SELECT set_config('holdfast.tenant_id',
          (SELECT tenant_id::text FROM holdfast.tenant_of_slug('sweet-shop')), true);
      INSERT INTO holdfast.movements
          (tenant_id, position, on_hand_change, reserved_change, on_hand_after, reserved_after,
           recorded_at, kind, sku, location, actor, reason, hash)
          SELECT current_setting('holdfast.tenant_id')::bigint, p, 1, 0, p, 0, now(), 'receive',
              'THE-SKU', 'main', repeat('a', 200), repeat('€', 200), ''
          FROM generate_series(2, 60000) p""";

  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @Test
  void aLevelTellsWhyItsStockIsWhatItIs() {
    String sku = shop.stocked(50);
    String id = shop.post("/v1/purchases", Shop.lines(sku, 2)).body().get("id").asText();
    Reply held = shop.post("/v1/reservations", Shop.lines(sku, 5));
    shop.post(held.header("Location") + "/release", "");
    adjust(sku, -1, "broken");
    List<JsonNode> movements = movements(shop.get(address(sku) + "?order=oldest").body());
    assertEquals(
        List.of("receive", "purchase", "reserve", "release", "adjust"),
        movements.stream().map(movement -> movement.get("kind").asText()).toList());
    assertBalancesAddUp(movements);
    assertEquals(id, movements.get(1).get("reservation").asText());
    assertTrue(held.header("Location").endsWith(movements.get(2).get("reservation").asText()));
    JsonNode newest = movements(shop.get(address(sku) + "?limit=1").body()).getFirst();
    assertEquals(movements.getLast(), newest);
    assertEquals("broken", newest.get("reason").asText());
    assertTrue(newest.get("actor").asText().startsWith("api-key "));
    assertEquals(47, newest.get("on_hand").asLong());
    assertEquals(47, shop.get("/v1/items/" + sku + "/stock").body().get("on_hand").asLong());
  }

  @Test
  void pagesSkipAndRepeatNothingWhilePurchasesGoOn() {
    String sku = shop.stocked(1_000);
    buy(sku, 30);
    for (String order : List.of("newest", "oldest")) {
      List<JsonNode> seen = new ArrayList<>();
      String path = address(sku) + "?limit=7&order=" + order;
      JsonNode page = shop.get(path).body();
      long newest = shop.get(address(sku)).body().at("/movements/0/version").asLong();
      while (true) {
        seen.addAll(movements(page));
        if (page.get("next").isNull() || seen.size() > 100) {
          break;
        }
        buy(sku, 3);
        page = shop.get(path + "&after=" + page.get("next").asText()).body();
      }
      List<JsonNode> oldestFirst = order.equals("newest") ? seen.reversed() : seen;
      assertBalancesAddUp(oldestFirst);
      assertTrue(seen.size() >= newest, order + " saw " + seen.size() + " of " + newest);
    }
  }

  @Test
  void aFileHoldsTheWholeLevelAndSaysWhatThePagesSay() {
    String sku = shop.stocked(5_000);
    adjust(sku, 1, "\"quoted\", with a comma; né €");
    buy(sku, 1_100);
    for (String order : List.of("newest", "oldest")) {
      List<JsonNode> paged = new ArrayList<>();
      String path = address(sku) + "?limit=1000&order=" + order;
      JsonNode page = shop.get(path).body();
      paged.addAll(movements(page));
      paged.addAll(movements(shop.get(path + "&after=" + page.get("next").asText()).body()));
      Reply file = csv(address(sku) + "?order=" + order);
      assertEquals(200, file.status());
      assertEquals(1_102, paged.size());
      assertEquals(paged, Csv.parse(file.text()).stream().map(this::movement).toList());
    }
  }

  @Test
  void aFileIsNamedSafely() {
    String sku = "a \"b/..;=é" + Shop.newSku();
    Reply made = shop.post("/v1/items", "{\"sku\":%s,\"name\":\"Odd\"}".formatted(quoted(sku)));
    assertEquals(201, made.status(), made.text());
    Reply file = csv(made.header("Location") + "/movements");
    assertEquals("text/csv;charset=utf-8", file.header("Content-Type").replace(" ", ""));
    assertTrue(
        file.header("Content-Disposition")
            .matches("attachment; filename=\"movements-a__b_\\.\\.___[a-z0-9-]+-main\\.csv\""),
        file.header("Content-Disposition"));
    assertEquals(0, Csv.parse(file.text()).size());
    assertTrue(file.text().startsWith("version,kind,") && file.text().endsWith("recorded_at\r\n"));
  }

  @Test
  void noTextOfAFileIsAFormula() {
    String sku = shop.stocked(1);
    List<String> reasons =
        List.of("=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "＝1+1", "'quoted", "=\"a\",\"b\"");
    reasons.forEach(reason -> adjust(sku, 1, reason));
    List<Map<String, String>> rows = Csv.parse(csv(address(sku) + "?order=oldest").text());
    assertEquals(
        reasons.stream().map(reason -> "'" + reason).toList(),
        rows.stream().skip(1).map(row -> row.get("reason")).toList());
    assertEquals(
        reasons, rows.stream().skip(1).map(row -> movement(row).get("reason").asText()).toList());
  }

  @Test
  void anInstantHasTheStateThatItHad() {
    String sku = shop.stocked(10);
    String path = "/v1/items/" + sku + "/stock?at=";
    JsonNode received = shop.get(address(sku)).body().at("/movements/0");
    Instant at = Instant.parse(received.get("recorded_at").asText());
    Instant adjusted = Instant.parse(adjust(sku, -3, "broken").body().get("adjusted_at").asText());
    JsonNode before = shop.get(path + at.minusNanos(1_000)).body();
    assertEquals(0, before.get("on_hand").asLong());
    assertEquals(0, before.get("levels").size());
    JsonNode between = shop.get(path + adjusted.minusNanos(1_000)).body();
    assertEquals(10, between.get("on_hand").asLong());
    assertEquals(1, between.at("/levels/0/version").asLong());
    Reply after = shop.get(path + adjusted);
    assertEquals(7, after.body().get("on_hand").asLong());
    assertEquals(adjusted.toString(), after.body().get("as_of").asText());
    assertEquals("", after.header("ETag"));
    assertEquals(0, shop.get(path + "0000-01-01T00:00:00Z").body().get("on_hand").asLong());
    assertEquals(
        7,
        shop.get(path + adjusted.toString().replace("Z", "%2B00:00"))
            .body()
            .get("on_hand")
            .asLong());
    assertTrue(shop.get("/v1/items/" + sku + "/stock").body().get("as_of").isNull());
    JsonNode untracked = shop.get("/v1/items/gift-wrap/stock?at=" + adjusted).body();
    assertTrue(untracked.get("on_hand").isNull());
  }

  @Test
  void whatNobodyKnowsHasNoPast() {
    String sku = shop.stocked(1);
    String unknown = "/v1/items/no-such";
    assertNotFound("unknown_item", "sku", shop.get(unknown + "/movements"));
    assertNotFound("unknown_item", "sku", csv(unknown + "/movements"));
    assertNotFound("unknown_item", "sku", shop.get(unknown + "/stock?at=2020-01-01T00:00:00Z"));
    for (String location : List.of("nowhere", "", "a%00b", "x".repeat(65))) {
      String path = address(sku) + "?location=" + location;
      assertNotFound("unknown_location", "location", shop.get(path));
      assertNotFound("unknown_location", "location", csv(path));
    }
    Shop other = TestNode.shared().tenant("warehouse");
    assertNotFound("unknown_item", "sku", other.get(address(sku)));
    assertNotFound(
        "unknown_item", "sku", other.get("/v1/items/" + sku + "/stock?at=2020-01-01T00:00:00Z"));
    assertEquals(401, TestNode.shared().stranger().get(address(sku)).status());
    assertEquals(
        406, shop.send(shop.request(address(sku)).header("Accept", "text/html").GET()).status());
  }

  @Test
  void theFormIsTheOneThatIsPreferred() {
    String path = address(shop.stocked(1));
    Map.of(
            "*/*", "application/json",
            "application/json", "application/json",
            "text/*", "text/csv",
            "text/csv, application/json;q=0.5", "text/csv",
            "text/csv;q=0.5, application/json", "application/json")
        .forEach(
            (accept, type) -> {
              Reply reply = shop.send(shop.request(path).header("Accept", accept).GET());
              assertTrue(reply.header("Content-Type").startsWith(type), accept);
            });
  }

  /// The table is locked while the file is on its way, until the reader's patience is over. On a
  /// database of its own: these movements have no hashes.
  @Test
  void aFileThatCanNotBeFinishedDoesNotLookFinished() throws Exception {
    Path folder = DataFolder.fresh();
    Program node =
        Program.start("serve", "--port", "0", "--throwaway", "--data-dir", folder.toString());
    Shop own = new Shop(node.address(), DataFolder.key(folder, "sweet-shop"));
    String sku = own.stocked(1);
    try (Connection owner = DriverManager.getConnection(DataFolder.databaseUrl(folder));
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute(LONG_LEDGER.replace("THE-SKU", sku));
      owner.commit();
      HttpResponse<InputStream> file = begin(own, address(sku) + "?order=oldest");
      try (InputStream body = file.body()) {
        assertEquals(200, file.statusCode());
        assertEquals("version", new String(body.readNBytes(7), UTF_8));
        statement.execute("LOCK TABLE holdfast.movements IN ACCESS EXCLUSIVE MODE");
        assertThrows(IOException.class, body::readAllBytes);
      } finally {
        owner.rollback();
      }
    }
    String whole = own.send(own.request(address(sku)).header("Accept", "text/csv").GET()).text();
    assertEquals(60_000, Csv.parse(whole).size());
    Program.Ended ended = node.terminate();
    assertEquals(0, ended.exitCode());
    assertFalse(ended.errors().toString().contains("before all requests are answered"));
  }

  private static HttpResponse<InputStream> begin(Shop shop, String path)
      throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    return client.send(
        shop.request(path).header("Accept", "text/csv").GET().build(),
        BodyHandlers.ofInputStream());
  }

  private static String address(String sku) {
    return "/v1/items/" + sku + "/movements";
  }

  private Reply csv(String path) {
    return shop.send(shop.request(path).header("Accept", "text/csv").GET());
  }

  private Reply adjust(String sku, long quantity, String reason) {
    String body = "{\"quantity\":%d,\"reason\":%s}".formatted(quantity, quoted(reason));
    Reply adjusted = shop.post("/v1/items/" + sku + "/adjustments", body);
    assertEquals(201, adjusted.status(), adjusted.text());
    return adjusted;
  }

  private static String quoted(String text) {
    return JSON.valueToTree(text).toString();
  }

  private void buy(String sku, int times) {
    try (ExecutorService buyers = Executors.newFixedThreadPool(16)) {
      Stream<CompletableFuture<Reply>> replies =
          IntStream.range(0, times)
              .mapToObj(
                  _ ->
                      CompletableFuture.supplyAsync(
                          () -> shop.post("/v1/purchases", Shop.lines(sku, 1)), buyers))
              .toList()
              .stream();
      replies.forEach(reply -> assertEquals(201, reply.join().status()));
    }
  }

  private static List<JsonNode> movements(JsonNode page) {
    List<JsonNode> movements = new ArrayList<>();
    page.get("movements").forEach(movements::add);
    return movements;
  }

  private static void assertBalancesAddUp(List<JsonNode> oldestFirst) {
    long onHand = 0;
    long reserved = 0;
    long version = 0;
    for (JsonNode movement : oldestFirst) {
      onHand += movement.get("on_hand_change").asLong();
      reserved += movement.get("reserved_change").asLong();
      version++;
      assertEquals(onHand, movement.get("on_hand").asLong());
      assertEquals(reserved, movement.get("reserved").asLong());
      assertEquals(onHand - reserved, movement.get("available").asLong());
      assertEquals(version, movement.get("version").asLong());
    }
  }

  private static void assertNotFound(String code, String member, Reply reply) {
    assertEquals(404, reply.status(), reply.text());
    assertEquals(code, reply.code());
    assertEquals(member, reply.member());
  }

  /// The row as the movement that it was made of.
  private JsonNode movement(Map<String, String> row) {
    var movement = JSON.createObjectNode();
    row.forEach(
        (name, value) -> {
          switch (name) {
            case "kind", "recorded_at" -> movement.put(name, value);
            case "reservation" -> movement.put(name, value.isEmpty() ? null : value);
            case "actor", "reason", "detail" ->
                movement.put(name, value.isEmpty() ? null : value.replaceFirst("^'", ""));
            default -> movement.put(name, Long.parseLong(value));
          }
        });
    return parsed(movement.toString());
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
