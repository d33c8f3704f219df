package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReservationRoutesTest {
  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @Test
  void aReservationIsHeldAndCanBeCommitted() {
    String sku = shop.stocked(10);
    Reply held = shop.post("/v1/reservations", Shop.lines(sku, 3));
    assertEquals(201, held.status());
    String address = held.header("Location");
    assertEquals("/v1/reservations/" + held.body().get("id").asText(), address);
    assertEquals("held", held.body().get("state").asText());
    assertEquals(7, held.body().at("/lines/0/available").asLong());
    assertEquals(3, stock(sku, "reserved"));

    Reply committed = shop.post(address + "/commit", "");
    assertEquals(200, committed.status());
    assertEquals("committed", committed.body().get("state").asText());
    assertEquals(7, stock(sku, "on_hand"));
    assertEquals(0, stock(sku, "reserved"));
    assertEquals("committed", shop.get(address).body().get("state").asText());
  }

  @Test
  void aReleasedReservationGivesItsStockBack() {
    String sku = shop.stocked(5);
    String address = shop.post("/v1/reservations", Shop.lines(sku, 5)).header("Location");
    assertEquals(0, stock(sku, "available"));
    assertEquals(200, shop.post(address + "/release", "{}").status());
    assertEquals(5, stock(sku, "available"));
  }

  @Test
  void anEndedReservationCanNotEndAgain() {
    String sku = shop.stocked(5);
    String address = shop.post("/v1/reservations", Shop.lines(sku, 1)).header("Location");
    shop.post(address + "/release", "");
    Reply again = shop.post(address + "/commit", "");
    assertEquals(409, again.status());
    assertEquals("reservation_not_held", again.code());
    assertEquals("released", again.body().get("state").asText());
    assertEquals(5, stock(sku, "on_hand"));
  }

  @Test
  void anExtendedReservationExpiresLater() {
    String sku = shop.stocked(5);
    Reply held = shop.post("/v1/reservations", Shop.lines(sku, 1));
    Reply extended = shop.post(held.header("Location") + "/extend", "{\"ttl_seconds\":7200}");
    assertEquals(200, extended.status());
    assertTrue(instant(extended, "expires_at").isAfter(instant(held, "expires_at")));
  }

  @Test
  void whatIsMissingIsListedWhenARequestIsRefused() {
    String sku = shop.stocked(2);
    Reply refused = shop.post("/v1/reservations", Shop.lines(sku, 3));
    assertEquals(409, refused.status());
    assertEquals("insufficient_stock", refused.code());
    assertEquals(3, refused.body().at("/shortages/0/wanted").asLong());
    assertEquals(2, refused.body().at("/shortages/0/available").asLong());
    assertEquals(2, stock(sku, "available"));
  }

  @Test
  void aPurchaseIsACommittedReservation() {
    String sku = shop.stocked(4);
    Reply bought = shop.post("/v1/purchases", Shop.lines(sku, 4));
    assertEquals(201, bought.status());
    assertEquals("committed", bought.body().get("state").asText());
    assertEquals(0, stock(sku, "on_hand"));
    Reply read = shop.get("/v1/reservations/" + bought.body().get("id").asText());
    assertEquals("committed", read.body().get("state").asText());
    assertTrue(read.body().get("expires_at").isNull());
  }

  @Test
  void anUntrackedItemIsNeverOut() {
    Reply bought = shop.post("/v1/purchases", Shop.lines("gift-wrap", 1_000_000));
    assertEquals(201, bought.status());
    assertTrue(bought.body().at("/lines/0/location").isNull());
    assertTrue(bought.body().at("/lines/0/available").isNull());
  }

  @Test
  void aRefusalNamesTheMemberThatItIsAbout() {
    String sku = shop.stocked(1);
    String known = "{\"sku\":\"%s\",\"quantity\":1}".formatted(sku);
    String missing = "{\"sku\":\"no-such\",\"quantity\":1}";
    Reply unknown = shop.post("/v1/purchases", "{\"lines\":[" + known + "," + missing + "]}");
    assertEquals("lines[1].sku", unknown.member(), unknown.text());
    Reply short2 = shop.post("/v1/reservations", Shop.lines(sku, 2));
    assertEquals("lines[0].quantity", short2.member(), short2.text());
    assertEquals("sku", shop.get("/v1/items/no-such/stock").member());
    assertEquals("sku", shop.post("/v1/items/no-such/receipts", "{\"quantity\":1}").member());
    String none = "/v1/reservations/01a200fc-13b0-7000-8ace-ea8ac4c9ba1c";
    assertEquals("id", shop.get(none).member());
    assertEquals("id", shop.post(none + "/release", "").member());
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    assertEquals("unknown_item", shop.post("/v1/purchases", Shop.lines("no-such", 1)).code());
    String id = "01a200fc-13b0-7000-8ace-ea8ac4c9ba1c";
    assertEquals("unknown_reservation", shop.get("/v1/reservations/" + id).code());
    assertEquals("unknown_reservation", shop.post("/v1/reservations/" + id + "/commit", "").code());
    assertEquals("unknown_reservation", shop.get("/v1/reservations/not-a-uuid").code());
    assertEquals(404, shop.get("/v1/reservations/1-1-1-1-1").status());
  }

  private long stock(String sku, String member) {
    return shop.get("/v1/items/" + sku + "/stock").body().get(member).asLong();
  }

  private static Instant instant(Reply reply, String member) {
    return Instant.parse(reply.body().get(member).asText());
  }
}
