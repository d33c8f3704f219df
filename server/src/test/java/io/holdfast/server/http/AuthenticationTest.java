package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
  private static final Duration MAX_REMEMBERED = Duration.ofSeconds(8);
  private static final List<String> CLOSED =
      List.of("/v1/ping", "/v1/items", "/v1/purchases", "/metrics", "/nothing", "/docsx");

  private final Shop stranger = TestNode.shared().stranger();

  @Test
  void nothingButWhatIsOpenIsAnsweredWithoutAKey() {
    for (String path : CLOSED) {
      assertUnauthorized(stranger.get(path));
    }
    assertUnauthorized(stranger.post("/v1/purchases", Shop.lines("fudge", 1)));
    assertEquals(200, stranger.get("/health/live").status());
    assertEquals(200, stranger.get("/health/ready").status());
  }

  @Test
  void aKeyThatNobodyHasIsRefused() throws IOException {
    String key = DataFolder.key(TestNode.shared().folder(), "sweet-shop");
    String other = (key.endsWith("A") ? "B" : "A");
    for (String header :
        List.of(
            "Bearer",
            "Bearer x",
            "Bearer " + key + "x",
            "Bearer hf_" + "A".repeat(43),
            "Bearer " + key.substring(0, 45) + other,
            "Basic " + key,
            "Basic !!!",
            "Digest " + key,
            key)) {
      assertUnauthorized(
          stranger.send(stranger.request("/v1/ping").header("Authorization", header).GET()));
    }
  }

  /// Addresses are kept in histories, logs and proxies.
  @Test
  void aCredentialInTheAddressIsNobodys() throws IOException {
    String key = DataFolder.key(TestNode.shared().folder(), "sweet-shop");
    for (String name : List.of("access_token", "api_key", "key", "token", "Authorization")) {
      assertUnauthorized(stranger.get("/v1/ping?" + name + "=" + key));
      assertUnauthorized(stranger.get("/v1/ping?" + name + "=Bearer%20" + key));
    }
    ApiDescription.committed()
        .parameters()
        .forEach(
            name -> assertFalse(name.matches("(?i).*(token|secret|password|credential).*"), name));
  }

  @Test
  void aBrowserMaySendTheKeyAsAPassword() throws IOException {
    String key = DataFolder.key(TestNode.shared().folder(), "sweet-shop");
    String pair = Base64.getEncoder().encodeToString(("anybody:" + key).getBytes(UTF_8));
    HttpRequest.Builder request =
        stranger.request("/v1/ping").header("Authorization", "Basic " + pair).GET();
    assertEquals("{\"ok\":true}", stranger.send(request).text());
  }

  @Test
  void oneTenantNeverSeesAnother() {
    Shop sweets = TestNode.shared().tenant("sweet-shop");
    Shop warehouse = TestNode.shared().tenant("warehouse");
    String sku = sweets.stocked(5);
    String held = sweets.post("/v1/reservations", Shop.lines(sku, 1)).header("Location");
    assertEquals("unknown_item", warehouse.get("/v1/items/" + sku).code());
    assertEquals("unknown_item", warehouse.get("/v1/items/" + sku + "/stock").code());
    assertEquals("unknown_item", warehouse.post("/v1/purchases", Shop.lines(sku, 1)).code());
    assertEquals("unknown_reservation", warehouse.get(held).code());
    assertEquals("unknown_reservation", warehouse.post(held + "/commit", "").code());
    assertEquals("unknown_reservation", warehouse.post(held + "/release", "").code());
    assertEquals("unknown_reservation", warehouse.patch(held, Shop.lines("W-00001", 1)).code());
    assertEquals("unknown_reservation", warehouse.post(held + "/returns", "").code());
    assertEquals(
        "unknown_reservation",
        warehouse
            .post(
                "/v1/reservations",
                """
                {"lines": [{"sku": "W-00001", "quantity": 1}], "customer": "me", "replaces": "%s"}
                """
                    .formatted(held.replaceFirst(".*/", "")))
            .code());
    assertEquals("held", sweets.get(held).body().get("state").asText());
  }

  @Test
  void oneTenantNeverMovesWhatIsAnothers() {
    Shop sweets = TestNode.shared().tenant("sweet-shop");
    Shop warehouse = TestNode.shared().tenant("warehouse");
    String sku = sweets.stocked(5);
    String north = sweets.opened(10);
    String before = sweets.get("/v1/items/" + sku + "/stock").text();
    String item = "/v1/items/" + sku;
    String transfer = "{\"from\":\"main\",\"to\":\"%s\",\"quantity\":1}".formatted(north);
    assertEquals(
        "unknown_item", warehouse.post(item + "/counts", "{\"on_hand\":1,\"version\":1}").code());
    assertEquals("unknown_item", warehouse.post(item + "/transfers", transfer).code());
    assertEquals(
        "unknown_item", warehouse.put(item + "/safety-stock", "{\"safety_stock\":1}").code());
    assertEquals(
        "unknown_location", warehouse.post("/v1/items/W-00001/transfers", transfer).code());
    assertEquals("unknown_location", warehouse.receive("W-00001", north, 1).code());
    assertEquals("unknown_location", warehouse.get("/v1/locations/" + north).code());
    assertEquals(
        "unknown_location", warehouse.patch("/v1/locations/" + north, "{\"priority\":1}").code());
    assertFalse(warehouse.get("/v1/locations").text().contains(north));
    assertEquals(before, sweets.get(item + "/stock").text());
    assertEquals(10, sweets.get("/v1/locations/" + north).body().get("priority").asLong());
  }

  @Test
  void theSameIdempotencyKeyOfTwoTenantsIsTwoKeys() {
    String key = Shop.newSku();
    Shop sweets = TestNode.shared().tenant("sweet-shop");
    Shop warehouse = TestNode.shared().tenant("warehouse");
    Reply one = sweets.post("/v1/purchases", Shop.lines("gift-wrap", 1), key);
    Reply other = warehouse.post("/v1/purchases", Shop.lines("W-00001", 1), key);
    assertEquals(201, one.status());
    assertEquals(201, other.status());
    assertNotEquals(one.body().get("id"), other.body().get("id"));
  }

  @Test
  void aRevokedKeyStopsWithinSeconds() throws Exception {
    Shop office = TestNode.shared().tenant("ticket-office");
    assertEquals(200, office.get("/v1/ping").status());
    setRevoked("clock_timestamp()");
    try {
      Instant limit = Instant.now().plus(MAX_REMEMBERED);
      while (office.get("/v1/ping").status() != 401) {
        assertTrue(Instant.now().isBefore(limit), "a revoked key is still taken");
      }
    } finally {
      setRevoked("NULL");
      // Whoever comes next is not to be told what was so.
      TestNode.letForget();
    }
  }

  @Test
  void keysAreForTheOwnerOfTheFolderOnly() throws IOException {
    for (String name : List.of("credentials", "database-url")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(TestNode.shared().folder().resolve(name))));
    }
  }

  private static void assertUnauthorized(Reply reply) {
    assertEquals(401, reply.status());
    assertEquals("unauthorized", reply.code());
    assertEquals("application/problem+json", reply.header("Content-Type"));
    assertTrue(reply.header("WWW-Authenticate").startsWith("Bearer"));
  }

  private static void setRevoked(String moment) throws IOException, SQLException {
    String url = DataFolder.databaseUrl(TestNode.shared().folder());
    try (Connection owner = DriverManager.getConnection(url);
        var statement = owner.createStatement()) {
      statement.execute(
          "SELECT set_config('holdfast.tenant_id', tenant_id::text, false)"
              + " FROM holdfast.tenant_of_slug('ticket-office')");
      statement.execute("UPDATE holdfast.api_keys SET revoked_at = " + moment);
    }
  }
}
