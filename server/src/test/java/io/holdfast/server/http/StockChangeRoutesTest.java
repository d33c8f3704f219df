package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Stock at several locations: bringing it in, counting, moving and keeping it back.
class StockChangeRoutesTest {
  private final Shop shop = TestNode.shared().tenant("sweet-shop");
  private final String north = shop.opened(10);
  private final String sku = shop.stocked(5);
  private final String item = "/v1/items/" + sku;

  @Test
  void stockIsReceivedAndAdjustedWhereItIsSaid() {
    Reply received = shop.receive(sku, north, 4);
    assertEquals(201, received.status(), received.text());
    assertEquals(north, received.body().get("location").asText());
    Reply adjusted =
        shop.post(
            item + "/adjustments",
            "{\"quantity\":-1,\"reason\":\"broken\",\"location\":\"%s\"}".formatted(north));
    assertEquals(3, adjusted.body().get("on_hand").asLong());
    assertEquals(5, level("main").get("on_hand").asLong());
    assertEquals(3, level(north).get("on_hand").asLong());
    assertRefused(404, "unknown_location", "location", shop.receive(sku, "nowhere", 1));
    assertRefused(
        409,
        "no_stock_record",
        "location",
        shop.post(
            item + "/adjustments", "{\"quantity\":-1,\"reason\":\"x\",\"location\":\"nowhere\"}"));
  }

  @Test
  void aLineWithoutALocationIsServedByThePriorities() {
    shop.receive(sku, north, 4);
    Reply held = shop.post("/v1/reservations", Shop.lines(sku, 6));
    assertEquals(201, held.status(), held.text());
    assertEquals(
        List.of(north + " 4", "main 2"),
        StreamSupport.stream(held.body().get("lines").spliterator(), false)
            .map(line -> line.get("location").asText() + " " + line.get("quantity").asLong())
            .toList());
    Reply refused =
        shop.post(
            "/v1/purchases",
            """
            {"lines": [
              {"sku": "%1$s", "quantity": 1}, {"sku": "%1$s", "quantity": 1, "location": "%2$s"}]}
            """
                .formatted(sku, north));
    assertRefused(409, "insufficient_stock", "lines[1].quantity", refused);
    assertEquals(north, refused.body().at("/shortages/0/location").asText());
  }

  @Test
  void aCountIsBelievedIfNothingHasMovedSince() {
    shop.post("/v1/reservations", Shop.lines(sku, 2));
    Reply counted = count("{\"on_hand\":7,\"version\":2,\"reason\":\"stocktake\"}");
    assertEquals(201, counted.status(), counted.text());
    assertEquals(2, counted.body().get("quantity").asLong());
    assertEquals(5, counted.body().get("available").asLong());
    assertEquals("stocktake", counted.body().get("reason").asText());
    String before = shop.get(item + "/stock").text();
    assertRefused(412, "version_conflict", "version", count("{\"on_hand\":7,\"version\":2}"));
    assertRefused(409, "insufficient_stock", "on_hand", count("{\"on_hand\":1,\"version\":3}"));
    assertRefused(
        409,
        "no_stock_record",
        "location",
        count("{\"on_hand\":1,\"version\":0,\"location\":\"%s\"}".formatted(north)));
    assertEquals(before, shop.get(item + "/stock").text());
  }

  private Reply count(String body) {
    return shop.post(item + "/counts", body);
  }

  @Test
  void stockIsMovedButNotWhatIsReserved() {
    shop.post("/v1/reservations", Shop.lines(sku, 3));
    Reply moved = transfer("main", north, 2);
    assertEquals(201, moved.status(), moved.text());
    assertEquals(0, moved.body().at("/from/available").asLong());
    assertEquals(2, moved.body().at("/to/on_hand").asLong());
    assertRefused(409, "insufficient_stock", "quantity", transfer("main", north, 1));
    assertRefused(404, "unknown_location", "to", transfer("main", "nowhere", 1));
    assertRefused(409, "no_stock_record", "from", transfer("nowhere", "main", 1));
    assertEquals(5, shop.get(item + "/stock").body().get("on_hand").asLong());
    JsonNode movement = shop.get(item + "/movements").body().at("/movements/0");
    assertEquals("transfer", movement.get("kind").asText());
    assertEquals(north, movement.get("detail").asText());
  }

  private Reply transfer(String from, String to, long quantity) {
    return shop.post(
        item + "/transfers",
        "{\"from\":\"%s\",\"to\":\"%s\",\"quantity\":%d}".formatted(from, to, quantity));
  }

  @Test
  void safetyStockIsNotSold() {
    Reply set = shop.put(item + "/safety-stock", "{\"safety_stock\":3,\"reason\":\"winter\"}");
    assertEquals(200, set.status(), set.text());
    assertEquals(3, set.body().get("safety_stock").asLong());
    Reply refused = shop.post("/v1/purchases", Shop.lines(sku, 3));
    assertRefused(409, "insufficient_stock", "lines[0].quantity", refused);
    assertEquals(2, refused.body().at("/shortages/0/available").asLong());
    assertEquals(3, refused.body().at("/shortages/0/safety_stock").asLong());
    assertEquals(201, shop.post("/v1/purchases", Shop.lines(sku, 2)).status());
    assertEquals(3, level("main").get("safety_stock").asLong());
    assertRefused(
        409,
        "no_stock_record",
        "location",
        shop.put(
            item + "/safety-stock", "{\"safety_stock\":3,\"location\":\"%s\"}".formatted(north)));
  }

  @Test
  void whatHasNoStockHasNoneToCountMoveOrKeep() {
    for (Reply reply :
        List.of(
            shop.post("/v1/items/gift-wrap/counts", "{\"on_hand\":1,\"version\":0}"),
            shop.post(
                "/v1/items/gift-wrap/transfers",
                "{\"from\":\"main\",\"to\":\"%s\",\"quantity\":1}".formatted(north)),
            shop.put("/v1/items/gift-wrap/safety-stock", "{\"safety_stock\":1}"))) {
      assertRefused(409, "item_not_tracked", "sku", reply);
    }
    assertRefused(
        404,
        "unknown_item",
        "sku",
        shop.post("/v1/items/no-such/counts", "{\"on_hand\":1,\"version\":0}"));
  }

  private JsonNode level(String location) {
    for (JsonNode level : shop.get(item + "/stock").body().get("levels")) {
      if (level.get("location").asText().equals(location)) {
        return level;
      }
    }
    throw new AssertionError("no level at " + location);
  }

  private static void assertRefused(int status, String code, String member, Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertEquals(code, reply.code());
    assertEquals(member, reply.member());
    assertTrue(reply.header("Content-Type").startsWith("application/problem+json"));
  }
}
