package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A customer reserves and buys for itself, and for a customer there are no other reservations.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnReservationsTest {
  private final Shop owner = TestNode.shared().tenant("sweet-shop");
  private final People people = new People("sweet-shop");
  private final String annsName = people.registered();
  private final Shop ann = people.loggedIn(annsName).shop();
  private final Shop bob = people.loggedIn(people.registered()).shop();

  private static String lines(String sku, int quantity, String more) {
    return Shop.lines(sku, quantity).replaceFirst("\\{", "{" + more);
  }

  private static String id(Reply reserved) {
    assertEquals(201, reserved.status(), reserved.text());
    return reserved.body().path("id").asText();
  }

  private static String reserved(Shop shop, String sku) {
    return id(shop.post("/v1/reservations", Shop.lines(sku, 1)));
  }

  private String annsCustomer() {
    return "user:" + People.id(owner, annsName);
  }

  @Test
  void aCustomerDoesEverythingWithItsOwn() {
    String sku = owner.stocked(10);
    String at = "/v1/reservations/" + reserved(ann, sku);
    Reply found = ann.get(at);
    assertEquals(200, found.status(), found.text());
    assertEquals(annsCustomer(), found.body().path("customer").asText());
    assertEquals(200, ann.patch(at, Shop.lines(sku, 2)).status());
    assertEquals(200, ann.post(at + "/extend", "{\"ttl_seconds\":3600}").status());
    assertEquals(200, ann.post(at + "/commit", "").status());
    String second = reserved(ann, sku);
    Reply third = ann.post("/v1/reservations", lines(sku, 2, "\"replaces\":\"" + second + "\","));
    assertEquals(200, ann.post("/v1/reservations/" + id(third) + "/release", "").status());
    Reply bought = ann.post("/v1/purchases", Shop.lines(sku, 1));
    assertEquals(annsCustomer(), bought.body().path("customer").asText());
    assertEquals(200, ann.get("/v1/reservations/" + id(bought)).status());
  }

  @Test
  void aListIsOfItsOwnAndStaffsOfAll() {
    String sku = owner.stocked(10);
    Shop carl = people.loggedIn(people.registered()).shop();
    List<String> carls = List.of(reserved(carl, sku), reserved(carl, sku), reserved(carl, sku));
    String anns = reserved(ann, sku);
    JsonNode first = carl.get("/v1/reservations?limit=2").body();
    assertEquals(List.of(carls.get(2), carls.get(1)), ids(first));
    JsonNode second =
        carl.get("/v1/reservations?limit=2&after=" + first.path("next").asText()).body();
    assertEquals(List.of(carls.get(0)), ids(second));
    assertEquals("null", second.path("next").asText());
    assertEquals(List.of(anns, carls.get(2)), ids(owner.get("/v1/reservations?limit=2").body()));
    assertEquals("after", carl.get("/v1/reservations?after=x").member());
    assertEquals("limit", carl.get("/v1/reservations?limit=0").member());
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("reservations").forEach(found -> ids.add(found.path("id").asText()));
    return ids;
  }

  @Test
  void stuffComesBackOnlyWhereStaffSaysSo() {
    String sku = owner.stocked(10);
    String at = "/v1/reservations/" + id(ann.post("/v1/purchases", Shop.lines(sku, 1)));
    assertEquals("sell", ann.post(at + "/returns", "").body().path("needs").asText());
    assertEquals(201, owner.post(at + "/returns", "").status());
  }

  @Test
  void forACustomerThereAreNoOtherReservations() {
    String sku = owner.stocked(10);
    String named = id(owner.post("/v1/reservations", lines(sku, 1, "\"customer\":\"ann\",")));
    for (String id : List.of(reserved(ann, sku), reserved(owner, sku), named)) {
      String at = "/v1/reservations/" + id;
      String before = owner.get(at).text();
      for (Reply reply :
          List.of(
              bob.get(at),
              bob.patch(at, Shop.lines(sku, 2)),
              bob.patch(at, Shop.lines(sku, 2), "If-Match", "\"7\""),
              bob.post(at + "/extend", "{\"ttl_seconds\":3600}"),
              bob.post(at + "/commit", ""),
              bob.post(at + "/release", ""),
              bob.post("/v1/reservations", lines(sku, 1, "\"replaces\":\"" + id + "\",")))) {
        assertEquals(404, reply.status(), reply.text());
        assertEquals("unknown_reservation", reply.code());
      }
      assertEquals(before, owner.get(at).text());
      assertEquals(200, owner.post(at + "/commit", "").status());
    }
  }

  /// Word for word but for the id, or an id that was come by would be worth something.
  @Test
  void anothersIsToldLikeOneThatNeverWas() {
    String never = "00000000-0000-7000-8000-000000000000";
    String anns = reserved(ann, owner.stocked(10));
    assertEquals(
        bob.post("/v1/reservations/" + never + "/commit", "").text(),
        bob.post("/v1/reservations/" + anns + "/commit", "").text().replace(anns, never));
    assertEquals(
        bob.get("/v1/reservations/" + never).text(),
        bob.get("/v1/reservations/" + anns).text().replace(anns, never));
  }

  @Test
  void nobodyElseCanBeNamed() {
    String sku = owner.stocked(10);
    String stock = owner.get("/v1/items/" + sku + "/stock").text();
    String other = lines(sku, 1, "\"customer\":\"" + annsCustomer() + "\",");
    for (Reply reply :
        List.of(bob.post("/v1/reservations", other), bob.post("/v1/purchases", other))) {
      assertEquals(403, reply.status(), reply.text());
      assertEquals("customer", reply.member());
    }
    assertEquals(stock, owner.get("/v1/items/" + sku + "/stock").text());
    assertEquals(201, ann.post("/v1/reservations", other).status());
  }

  @Test
  void aLimitCountsForTheAccountWhateverIsNamed() {
    String sku = owner.stocked(10);
    owner.put("/v1/items/" + sku + "/purchase-limit", "{\"max_quantity\":2,\"window_seconds\":60}");
    assertEquals(201, ann.post("/v1/purchases", Shop.lines(sku, 2)).status());
    Reply refused = ann.post("/v1/purchases", Shop.lines(sku, 1));
    assertEquals("limit_exceeded", refused.code());
    Shop again = people.loggedIn(annsName).shop();
    assertEquals("limit_exceeded", again.post("/v1/reservations", Shop.lines(sku, 1)).code());
    assertEquals(201, bob.post("/v1/purchases", Shop.lines(sku, 2)).status());
  }

  @Test
  void whatIsReservedForAnAccountByStaffIsItsOwn() {
    String sku = owner.stocked(10);
    String forAnn = lines(sku, 1, "\"customer\":\"" + annsCustomer() + "\",");
    String at = "/v1/reservations/" + id(owner.post("/v1/reservations", forAnn));
    assertEquals(200, ann.get(at).status());
    assertEquals(404, bob.get(at).status());
  }

  @Test
  void aBatchObeysIt() {
    String sku = owner.stocked(10);
    String anns = reserved(ann, sku);
    String bobs = reserved(bob, sku);
    String release = "{\"command\":\"release\",\"id\":\"%s\"}";
    String commands = "[" + release.formatted(bobs) + "," + release.formatted(anns) + "]";
    Reply atomic =
        bob.post("/v1/stock/commands", "{\"atomic\":true,\"commands\":" + commands + "}");
    assertEquals("unknown_reservation", atomic.code(), atomic.text());
    assertEquals("held", bob.get("/v1/reservations/" + bobs).body().path("state").asText());
    JsonNode outcomes =
        bob.post("/v1/stock/commands", "{\"commands\":" + commands + "}").body().path("outcomes");
    assertEquals(200, outcomes.path(0).path("status").asInt());
    assertEquals(404, outcomes.path(1).path("status").asInt());
    assertEquals("held", ann.get("/v1/reservations/" + anns).body().path("state").asText());
    String purchase = lines(sku, 1, "\"command\":\"purchase\",\"customer\":\"ann\",");
    Reply forAnother = bob.post("/v1/stock/commands", "{\"commands\":[" + purchase + "]}");
    assertEquals("commands[0].customer", forAnother.member(), forAnother.text());
  }

  @Test
  void anotherCustomersKeyIsAnotherKey() {
    String body = Shop.lines(owner.stocked(10), 1);
    Reply anns = ann.post("/v1/reservations", body, "a-key-of-both");
    Reply bobs = bob.post("/v1/reservations", body, "a-key-of-both");
    assertNotEquals(id(anns), id(bobs));
    assertEquals(anns.text(), ann.post("/v1/reservations", body, "a-key-of-both").text());
    String at = "/v1/reservations/" + id(anns) + "/commit";
    assertEquals(200, ann.post(at, "{}", "another-key-of-both").status());
    assertEquals(404, bob.post(at, "{}", "another-key-of-both").status());
  }

  @Test
  void aRefusalNamesNobodyElse() {
    String sku = owner.stocked(2);
    String anns = id(ann.post("/v1/reservations", Shop.lines(sku, 2)));
    String refused = bob.post("/v1/reservations", Shop.lines(sku, 1)).text();
    assertFalse(refused.contains(anns), refused);
    assertFalse(refused.contains("user:"), refused);
  }
}
