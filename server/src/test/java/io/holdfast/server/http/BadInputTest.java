package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent, the answer is a problem that names the member, and nothing has changed.
class BadInputTest {
  private static final String LINE = "{\"sku\":\"fudge\",\"quantity\":1}";
  private static final String COUNTS = "/v1/items/fudge/counts";
  private static final String TRANSFERS = "/v1/items/fudge/transfers";
  private static final int TOO_LARGE = (1 << 20) + 1;

  private final Shop shop = TestNode.shared().tenant("sweet-shop");
  private String before = "";

  @BeforeEach
  void remembersTheStock() {
    before = shop.get("/v1/items/fudge/stock").text();
  }

  @AfterEach
  void findsTheStockUnchanged() {
    assertEquals(before, shop.get("/v1/items/fudge/stock").text());
  }

  static Stream<Arguments> purchases() {
    String nul = "\\u0000";
    return Map.ofEntries(
            Map.entry("", ""),
            Map.entry("[]", ""),
            Map.entry("null", ""),
            Map.entry("{", ""),
            Map.entry("{\"lines\":[" + LINE + "]} {}", ""),
            Map.entry("{\"lines\":[" + LINE + "]}x", ""),
            Map.entry("{}", "lines"),
            Map.entry("{\"lines\":null}", "lines"),
            Map.entry("{\"lines\":[]}", "lines"),
            Map.entry("{\"lines\":{}}", "lines"),
            Map.entry("{\"lines\":[1]}", "lines[0]"),
            Map.entry("{\"lines\":[" + LINE + ",null]}", "lines[1]"),
            Map.entry("{\"lines\":[" + LINE + "],\"lines\":[]}", "lines"),
            Map.entry("{\"lines\":[" + LINE + "],\"ttl_seconds\":1}", "ttl_seconds"),
            Map.entry("{\"lines\":[" + LINE + "],\"customer\":1}", "customer"),
            Map.entry("{\"lines\":[" + LINE + "],\"customer\":\"\"}", "customer"),
            Map.entry("{\"lines\":[" + LINE + "],\"customer\":\"a" + nul + "b\"}", "customer"),
            Map.entry("{\"lines\":[" + LINE + "],\"customer\":\"\\ud800\"}", "customer"),
            Map.entry(
                "{\"lines\":[" + LINE + "],\"customer\":\"" + "x".repeat(201) + "\"}", "customer"),
            Map.entry(line("\"quantity\":1"), "lines[0].sku"),
            Map.entry(line("\"sku\":\"fudge\""), "lines[0].quantity"),
            Map.entry(line("\"sku\":7,\"quantity\":1"), "lines[0].sku"),
            Map.entry(line("\"sku\":\"" + "x".repeat(65) + "\",\"quantity\":1"), "lines[0].sku"),
            Map.entry(line("\"sku\":\" x\",\"quantity\":1"), "lines[0].sku"),
            Map.entry(quantity("0"), "lines[0].quantity"),
            Map.entry(quantity("-1"), "lines[0].quantity"),
            Map.entry(quantity("1.0"), "lines[0].quantity"),
            Map.entry(quantity("0.5"), "lines[0].quantity"),
            Map.entry(quantity("1e2"), "lines[0].quantity"),
            Map.entry(quantity("\"1\""), "lines[0].quantity"),
            Map.entry(quantity("true"), "lines[0].quantity"),
            Map.entry(quantity("null"), "lines[0].quantity"),
            Map.entry(quantity("01"), "lines[0].quantity"),
            Map.entry(quantity("NaN"), "lines[0].quantity"),
            Map.entry(quantity("1000000001"), "lines[0].quantity"),
            Map.entry(quantity("9223372036854775808"), "lines[0].quantity"),
            Map.entry(quantity("1e999999999"), "lines[0].quantity"),
            Map.entry(quantity("1".repeat(50)), "lines[0].quantity"),
            Map.entry(quantity("1,\"quantity\":1"), "lines[0].quantity"),
            Map.entry(quantity("1,\"place\":\"main\""), "lines[0].place"),
            Map.entry("{\"lines\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}", "*"),
            Map.entry("{\"lines\":[" + lines(501) + "]}", "lines"))
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("purchases")
  void aBodyThatIsNotAsItMustBeIsRefusedByItsMember(String body, String member) {
    Reply refused = shop.post("/v1/purchases", body);
    assertProblem(400, "invalid_request", refused);
    if (!member.equals("*")) {
      assertEquals(member, refused.member(), body);
    }
  }

  @Test
  void fiveHundredLinesAreTaken() {
    Reply taken = shop.post("/v1/reservations", "{\"lines\":[" + lines(500) + "]}");
    assertEquals(201, taken.status(), taken.text());
    shop.post(taken.header("Location") + "/release", "");
    before = shop.get("/v1/items/fudge/stock").text();
  }

  @Test
  void otherBodiesAreReadAsStrictly() {
    String reservation = "/v1/reservations/01a200fc-13b0-7000-8ace-ea8ac4c9ba1c";
    assertAll(
        () -> refusedAt("ttl_seconds", "/v1/reservations", reservation("0")),
        () -> refusedAt("ttl_seconds", "/v1/reservations", reservation("2592001")),
        () -> refusedAt("ttl_seconds", reservation + "/extend", "{}"),
        () -> refusedAt("force", reservation + "/commit", "{\"force\":true}"),
        () -> refusedAt("lines", reservation + "/commit", "{\"lines\":[]}"),
        () -> refusedAt("lines[0].quantity", reservation + "/commit", quantity("0")),
        () -> refusedAt("lines", reservation + "/returns", "{\"lines\":[]}"),
        () -> refusedAt("reason", reservation + "/returns", "{\"reason\":7}"),
        () -> refusedAt("partial", "/v1/reservations", with("\"partial\":\"yes\"")),
        () -> refusedAt("replaces", "/v1/reservations", with("\"replaces\":\"1-1-1-1-1\"")),
        () ->
            refusedAt(
                "customer",
                "/v1/reservations",
                with("\"replaces\":\"01a200fc-13b0-7000-8ace-ea8ac4c9ba1c\"")),
        () -> refusedAt("lines[0].location", "/v1/purchases", quantity("1,\"location\":\" x\"")),
        () -> refusedAt("lines[0].location", "/v1/purchases", quantity("1,\"location\":1")),
        () -> refusedAt("quantity", "/v1/items/fudge/receipts", "{}"),
        () -> refusedAt("quantity", "/v1/items/fudge/receipts", "{\"quantity\":-1}"),
        () -> refusedAt("reason", "/v1/items/fudge/adjustments", "{\"quantity\":1}"),
        () -> refusedAt("quantity", "/v1/items/fudge/adjustments", "{\"quantity\":0}"),
        () -> refusedAt("location", "/v1/items/fudge/receipts", at("", "\"quantity\":1")),
        () -> refusedAt("location", "/v1/items/fudge/receipts", at("..", "\"quantity\":1")),
        () -> refusedAt("place", "/v1/items/fudge/receipts", "{\"quantity\":1,\"place\":\"x\"}"),
        () -> refusedAt("on_hand", COUNTS, "{\"version\":1}"),
        () -> refusedAt("on_hand", COUNTS, "{\"on_hand\":-1,\"version\":1}"),
        () -> refusedAt("version", COUNTS, "{\"on_hand\":1}"),
        () -> refusedAt("version", COUNTS, "{\"on_hand\":1,\"version\":-1}"),
        () -> refusedAt("from", TRANSFERS, "{\"to\":\"main\",\"quantity\":1}"),
        () -> refusedAt("to", TRANSFERS, transfer("main", "1")),
        () -> refusedAt("quantity", TRANSFERS, transfer("north", "0")),
        () -> refusedAt("name", "/v1/items", "{\"sku\":\"y\"}"),
        () -> refusedAt("location", "/v1/locations", "{}"),
        () -> refusedAt("location", "/v1/locations", "{\"location\":\"..\"}"),
        () -> refusedAt("location", "/v1/locations", at("x".repeat(65), "\"priority\":1")),
        () -> refusedAt("priority", "/v1/locations", at("x", "\"priority\":-1")),
        () -> refusedAt("priority", "/v1/locations", at("x", "\"priority\":1000001")),
        () -> refusedAt("name", "/v1/locations", at("x", "\"name\":\"X\"")),
        () -> refusedAt("name", "/v1/items", "{\"sku\":\"y\",\"name\":\"a\\nb\"}"),
        () -> refusedAt("tracked", "/v1/items", "{\"sku\":\"y\",\"name\":\"b\",\"tracked\":1}"),
        () -> assertEquals("limit", shop.get("/v1/items?limit=0").member()),
        () -> assertEquals("limit", shop.get("/v1/items?limit=x").member()),
        () -> assertEquals("after", shop.get("/v1/items?after=%25").member()),
        () -> assertEquals("after", shop.get("/v1/items?after=AA").member()));
  }

  @Test
  void whatEditsIsReadAsStrictly() {
    String safetyStock = "/v1/items/fudge/safety-stock";
    String reservation = "/v1/reservations/01a200fc-13b0-7000-8ace-ea8ac4c9ba1c";
    String lines = quantity("1");
    assertAll(
        () -> editRefusedAt("safety_stock", shop.put(safetyStock, "{}")),
        () -> editRefusedAt("safety_stock", shop.put(safetyStock, "{\"safety_stock\":-1}")),
        () -> editRefusedAt("", shop.put(safetyStock, "")),
        () -> editRefusedAt("priority", shop.patch("/v1/locations/main", "{}")),
        () ->
            editRefusedAt("location", shop.patch("/v1/locations/main", at("x", "\"priority\":1"))),
        () -> editRefusedAt("expired_commit", shop.put("/v1/stock/policy", "{}")),
        () ->
            editRefusedAt(
                "expired_commit", shop.put("/v1/stock/policy", "{\"expired_commit\":\"REFUSE\"}")),
        () ->
            editRefusedAt(
                "held_reservations_max",
                shop.put(
                    "/v1/stock/policy",
                    "{\"expired_commit\":\"refuse\",\"held_reservations_max\":0}")),
        () -> editRefusedAt("lines", shop.patch(reservation, "{}")),
        () -> editRefusedAt("ttl_seconds", shop.patch(reservation, reservation("900"))),
        () -> editRefusedAt("If-Match", shop.patch(reservation, lines, "If-Match", "1")),
        () -> editRefusedAt("If-Match", shop.patch(reservation, lines, "If-Match", "W/\"1\"")),
        () -> editRefusedAt("If-Match", shop.patch(reservation, lines, "If-Match", "\"1\", \"2\"")),
        () -> editRefusedAt("If-Match", shop.patch(reservation, lines, "If-Match", "\"-1\"")),
        () ->
            editRefusedAt(
                "If-Match",
                shop.patch(reservation, lines, "If-Match", "\"1\"", "If-Match", "\"2\"")),
        () ->
            assertProblem(
                415,
                "unsupported_media_type",
                shop.send(
                    shop.request(safetyStock)
                        .header("Content-Type", "text/plain")
                        .PUT(BodyPublishers.ofString("{\"safety_stock\":1}")))),
        () -> assertProblem(413, "too_large", shop.put(safetyStock, " ".repeat(TOO_LARGE))));
  }

  private static void editRefusedAt(String member, Reply reply) {
    assertProblem(400, "invalid_request", reply);
    assertEquals(member, reply.member(), reply.text());
  }

  @Test
  void parametersOfThePastAreReadAsStrictly() {
    Map<String, String> refused =
        Map.ofEntries(
            Map.entry("movements?limit=0", "limit"),
            Map.entry("movements?limit=1001", "limit"),
            Map.entry("movements?limit=", "limit"),
            Map.entry("movements?limit=1.0", "limit"),
            Map.entry("movements?limit=1&limit=2", "limit"),
            Map.entry("movements?order=", "order"),
            Map.entry("movements?order=NEWEST", "order"),
            Map.entry("movements?after=", "after"),
            Map.entry("movements?after=47", "after"),
            Map.entry("movements?after=%00", "after"),
            Map.entry("movements?after=" + cursor("n0"), "after"),
            Map.entry("movements?after=" + cursor("n-1"), "after"),
            Map.entry("movements?after=" + cursor("o47"), "after"),
            Map.entry("movements?after=" + cursor("n9223372036854775808"), "after"),
            Map.entry("movements?order=oldest&after=" + cursor("n47"), "after"),
            Map.entry("stock?at=", "at"),
            Map.entry("stock?at=yesterday", "at"),
            Map.entry("stock?at=2026-11-22", "at"),
            Map.entry("stock?at=2026-11-22T10:00Z", "at"),
            Map.entry("stock?at=2026-11-22T10:00:00", "at"),
            Map.entry("stock?at=2026-11-22T10:00:00+01:00", "at"),
            Map.entry("stock?at=2026-11-31T10:00:00Z", "at"),
            Map.entry("stock?at=2026-11-22T24:00:00Z", "at"),
            Map.entry("stock?at=2026-11-22T10:00:00.0000000001Z", "at"),
            Map.entry("stock?at=%2B999999999-11-22T10:00:00Z", "at"),
            Map.entry("stock?at=1700000000", "at"),
            Map.entry("stock?at=9999-12-31T23:59:59Z", "at"));
    refused.forEach(
        (query, member) -> {
          Reply reply = shop.get("/v1/items/fudge/" + query);
          assertProblem(400, "invalid_request", reply);
          assertEquals(member, reply.member(), query);
        });
    for (String parameter : List.of("limit=10", "after=" + cursor("n47"))) {
      Reply reply =
          shop.send(
              shop.request("/v1/items/fudge/movements?" + parameter)
                  .header("Accept", "text/csv")
                  .GET());
      assertProblem(400, "invalid_request", reply);
      assertTrue(parameter.startsWith(reply.member() + "="));
    }
  }

  @Test
  void aPageHasAtMostAThousandRows() {
    for (String list :
        List.of(
            "/v1/items",
            "/v1/items/fudge/movements",
            "/v1/users",
            "/v1/audit/entries",
            "/v1/audit/findings")) {
      assertEquals(200, shop.get(list + "?limit=1000").status(), list);
      Reply refused = shop.get(list + "?limit=1001");
      assertProblem(400, "invalid_request", refused);
      assertEquals("limit", refused.member(), list);
    }
  }

  @Test
  void aBodyIsEightObjectsAndListsDeepAtMost() {
    String deepest = "[".repeat(7) + "]".repeat(7);
    Reply understood = shop.post("/v1/purchases", "{\"lines\":" + deepest + "}");
    assertEquals("lines[0]", understood.member(), understood.text());
    Reply refused = shop.post("/v1/purchases", "{\"lines\":[" + deepest + "]}");
    assertProblem(400, "invalid_request", refused);
    assertTrue(refused.text().contains("too deeply"), refused.text());
  }

  @Test
  void aParameterThatIsThereTwiceIsRefusedWhoeverReadsIt() {
    for (String path :
        List.of(
            "/v1/items?limit=1&limit=2",
            "/v1/users?after=1&%61fter=2",
            "/v1/locations?x=&x=",
            "/v1/audit/findings?limit=1&after=1&limit=1")) {
      Reply refused = shop.get(path);
      assertProblem(400, "invalid_request", refused);
      assertTrue(path.contains(refused.member() + "="), refused.text());
    }
    assertProblem(400, "invalid_request", shop.post("/v1/purchases?dry=1&dry=0", line("")));
  }

  private static String cursor(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] body = ("{\"lines\":[" + LINE + "],\"customer\":\"?\"}").getBytes(UTF_8);
    body[body.length - 3] = (byte) 0xC3;
    Reply refused =
        shop.send(
            shop.request("/v1/purchases")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
    assertProblem(400, "invalid_request", refused);
  }

  @Test
  void onlyJsonIsRead() {
    String body = "{\"lines\":[" + LINE + "]}";
    Stream.of("text/plain", "application/xml", "application/json; charset=utf-16")
        .forEach(
            type ->
                assertProblem(
                    415,
                    "unsupported_media_type",
                    shop.send(shop.request("/v1/purchases").header("Content-Type", type), body)));
    assertProblem(415, "unsupported_media_type", shop.send(shop.request("/v1/purchases"), body));
    assertProblem(
        415,
        "unsupported_media_type",
        shop.send(
            shop.request("/v1/purchases")
                .header("Content-Type", "application/json")
                .header("Content-Type", "text/plain"),
            body));
    assertProblem(
        415,
        "unsupported_media_type",
        shop.send(
            shop.request("/v1/purchases")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "br"),
            body));
  }

  @Test
  void aBodyOverOneMebibyteIsRefused() {
    assertProblem(413, "too_large", shop.post("/v1/purchases", " ".repeat(TOO_LARGE)));
    assertProblem(413, "too_large", withoutLength(" ".repeat(TOO_LARGE)));
    assertProblem(413, "too_large", withoutLength(" ".repeat(5 << 20)));
  }

  @Test
  void aBodyThatDoesNotSayItsLengthIsRead() {
    assertProblem(409, "insufficient_stock", withoutLength(quantity("1000000")));
    assertProblem(400, "invalid_request", withoutLength(""));
  }

  private Reply withoutLength(String body) {
    return shop.send(
        shop.request("/v1/purchases")
            .version(Version.HTTP_1_1)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(body.getBytes(UTF_8)))));
  }

  @Test
  void whatIsNotThereIsAProblemToo() {
    assertProblem(404, "not_found", shop.get("/v1/nothing"));
    assertProblem(404, "unknown_item", shop.get("/v1/items/" + "x".repeat(65)));
    assertProblem(404, "unknown_item", shop.get("/v1/items/a%00b/stock"));
    assertProblem(400, "invalid_request", shop.post("/v1/items", item("..")));
    assertProblem(400, "invalid_request", shop.post("/v1/items", item("\\u200b")));
    assertProblem(405, "method_not_allowed", shop.send(shop.request("/v1/purchases").DELETE()));
    assertProblem(
        406,
        "not_acceptable",
        shop.send(shop.request("/v1/items").header("Accept", "text/html").GET()));
  }

  private void refusedAt(String member, String path, String body) {
    Reply refused = shop.post(path, body);
    assertProblem(400, "invalid_request", refused);
    assertEquals(member, refused.member(), body);
  }

  private static void assertProblem(int status, String code, Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertEquals("application/problem+json", reply.header("Content-Type"));
    assertEquals(code, reply.code());
    assertEquals(status, reply.body().get("status").asInt());
    assertTrue(reply.text().length() < 2_000);
    assertFalse(reply.text().contains("io.holdfast") || reply.text().contains("Exception"));
  }

  private static String line(String members) {
    return "{\"lines\":[{" + members + "}]}";
  }

  private static String item(String sku) {
    return "{\"sku\":\"%s\",\"name\":\"Odd\"}".formatted(sku);
  }

  private static String quantity(String value) {
    return line("\"sku\":\"fudge\",\"quantity\":" + value);
  }

  private static String reservation(String ttl) {
    return "{\"lines\":[" + LINE + "],\"ttl_seconds\":" + ttl + "}";
  }

  private static String with(String member) {
    return "{\"lines\":[" + LINE + "]," + member + "}";
  }

  private static String at(String location, String member) {
    return "{\"location\":\"" + location + "\"," + member + "}";
  }

  private static String transfer(String to, String quantity) {
    return "{\"from\":\"main\",\"to\":\"%s\",\"quantity\":%s}".formatted(to, quantity);
  }

  private static String lines(int count) {
    return IntStream.range(0, count).mapToObj(_ -> LINE).collect(Collectors.joining(","));
  }
}
