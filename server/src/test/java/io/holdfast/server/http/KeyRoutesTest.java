package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import org.junit.jupiter.api.Test;

/// Keys are made, narrowed, rotated and revoked.
class KeyRoutesTest {

  private final Shop owner = TestNode.shared().tenant("sweet-shop");

  private Reply make(String role, String more) {
    return owner.post(
        "/v1/api-keys", "{\"name\":\"made for a test\",\"role\":\"%s\"%s}".formatted(role, more));
  }

  private static Shop with(Reply secret) {
    return new Shop(TestNode.shared().stranger().address(), secret.body().path("secret").asText());
  }

  private static String address(Reply made) {
    return "/v1/api-keys/" + made.body().at("/key/id").asText();
  }

  @Test
  void aKeyMayDoWhatItsRoleMay() {
    Reply made = make("staff", "");
    assertEquals(201, made.status(), made.text());
    assertEquals(address(made), made.header("Location"));
    assertEquals("no-store", made.header("Cache-Control"));
    Shop staff = with(made);
    String sku = owner.stocked(5);
    assertEquals(201, staff.post("/v1/reservations", Shop.lines(sku, 1)).status());
    assertEquals(403, staff.get("/v1/api-keys").status());
    assertEquals("api-key " + made.body().at("/key/id").asText(), actor(staff));
  }

  private static String actor(Shop shop) {
    return shop.get("/v1/account").body().path("actor").asText();
  }

  @Test
  void aScopeLeavesSomeOfTheRole() {
    Shop reader = with(make("manager", ",\"scopes\":[\"read_stock\",\"receive\"]"));
    String sku = owner.stocked(5);
    assertEquals(200, reader.get("/v1/items/" + sku + "/stock").status());
    assertEquals(403, reader.get("/v1/items/" + sku).status());
    assertEquals(201, reader.receive(sku, "main", 1).status());
    Reply wider = make("staff", ",\"scopes\":[\"change_rules\"]");
    assertEquals("scopes", wider.member());
    Reply unknown = make("staff", ",\"scopes\":[\"fly\"]");
    assertEquals("scopes[0]", unknown.member());
    assertEquals("role", make("king", "").member());
  }

  @Test
  void nobodyGivesMoreThanTheyHave() {
    Shop keeper = with(make("owner", ",\"scopes\":[\"manage_keys\",\"read_keys\",\"sell\"]"));
    String wanted = "{\"name\":\"more\",\"role\":\"%s\",\"scopes\":[\"%s\"]}";
    Reply more = keeper.post("/v1/api-keys", wanted.formatted("owner", "correct_stock"));
    assertEquals(403, more.status());
    assertEquals("correct_stock", more.body().path("needs").asText());
    assertEquals(201, keeper.post("/v1/api-keys", wanted.formatted("staff", "sell")).status());
    assertEquals(
        403, keeper.post("/v1/api-keys", "{\"name\":\"all\",\"role\":\"owner\"}").status());
    Reply strong = make("manager", "");
    assertEquals(403, keeper.post(address(strong) + "/rotations", "{}").status());
  }

  @Test
  void twoSecretsAreGoodWhileAKeyIsRotated() throws Exception {
    Reply first = make("staff", "");
    assertEquals(200, with(first).get("/v1/items").status());
    Reply second = owner.post(address(first) + "/rotations", "{\"overlap_seconds\":3600}");
    assertEquals(200, second.status(), second.text());
    TestNode.letForget();
    assertEquals(200, with(first).get("/v1/items").status());
    assertEquals(200, with(second).get("/v1/items").status());
    assertEquals(actor(with(first)), actor(with(second)));
    Reply third = owner.post(address(first) + "/rotations", "{}");
    TestNode.letForget();
    assertEquals(401, with(first).get("/v1/items").status());
    assertEquals(200, with(second).get("/v1/items").status());
    Reply fourth = owner.post(address(first) + "/rotations", "{\"overlap_seconds\":0}");
    TestNode.letForget();
    assertEquals(401, with(third).get("/v1/items").status());
    assertEquals(200, with(fourth).get("/v1/items").status());
  }

  @Test
  void aRevokedKeyIsNobodysAndInNoList() throws Exception {
    Reply made = make("staff", ",\"expires_in_seconds\":3600");
    Shop staff = with(made);
    assertEquals(200, staff.get("/v1/items").status());
    JsonNode shown = owner.get(address(made)).body();
    assertFalse(shown.path("expires_at").isNull());
    assertFalse(owner.get("/v1/api-keys").text().contains(staff.key()));
    assertTrue(isListed(shown));
    assertEquals(204, owner.change("DELETE", address(made), "").status());
    assertEquals("unknown_key", owner.change("DELETE", address(made), "").code());
    assertEquals("unknown_key", owner.post(address(made) + "/rotations", "{}").code());
    assertFalse(isListed(shown));
    TestNode.letForget();
    assertEquals(401, staff.get("/v1/items").status());
  }

  private boolean isListed(JsonNode key) {
    return owner
        .get("/v1/api-keys")
        .body()
        .path("keys")
        .valueStream()
        .anyMatch(one -> one.path("id").equals(key.path("id")));
  }

  @Test
  void theLastUseIsSeen() throws Exception {
    Reply made = make("staff", "");
    assertTrue(owner.get(address(made)).body().path("last_used_at").isNull());
    assertEquals(200, with(made).get("/v1/items").status());
    long end = System.nanoTime() + 10_000_000_000L;
    while (owner.get(address(made)).body().path("last_used_at").isNull()) {
      assertTrue(System.nanoTime() < end, "it is noted soon");
      Thread.sleep(50);
    }
  }

  @Test
  void anAnswerWithASecretIsKeptForNobody() {
    Reply keyed =
        owner.post("/v1/api-keys", "{\"name\":\"x\",\"role\":\"staff\"}", "an-idempotency-key");
    assertEquals(400, keyed.status());
    assertEquals("Idempotency-Key", keyed.member());
  }
}
