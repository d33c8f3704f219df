package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.server.http.Shop.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @Test
  void aRepeatedRequestGetsTheSameBytesAndHasOneEffect() {
    String sku = shop.stocked(100);
    String reserve = "/v1/reservations";
    Reply held = repeated(reserve, Shop.lines(sku, 2));
    repeated(held.header("Location") + "/extend", "{\"ttl_seconds\":5000}");
    repeated(held.header("Location") + "/commit", "");
    Reply other = repeated(reserve, Shop.lines(sku, 3));
    repeated(other.header("Location") + "/release", "");
    repeated("/v1/purchases", Shop.lines(sku, 5));
    repeated("/v1/items/" + sku + "/receipts", "{\"quantity\":7}");
    repeated("/v1/items/" + sku + "/adjustments", "{\"quantity\":-1,\"reason\":\"lost\"}");
    long left = shop.get("/v1/items/" + sku + "/stock").body().get("available").asLong();
    assertEquals(100 - 2 - 5 + 7 - 1, left);
  }

  @Test
  void aRepeatedCreationMakesOneItem() {
    repeated("/v1/items", "{\"sku\":\"%s\",\"name\":\"Twice\"}".formatted(Shop.newSku()));
  }

  @Test
  void aKeyBelongsToOneRequest() {
    String sku = shop.stocked(10);
    String key = UUID.randomUUID().toString();
    shop.post("/v1/purchases", Shop.lines(sku, 1), key);
    Reply other = shop.post("/v1/purchases", Shop.lines(sku, 2), key);
    assertEquals(422, other.status());
    assertEquals("key_reused", other.code());

    String item = "{\"sku\":\"%s\",\"name\":\"%s\"}";
    shop.post("/v1/items", item.formatted(Shop.newSku(), "First"), key);
    String second = Shop.newSku();
    assertEquals(422, shop.post("/v1/items", item.formatted(second, "Second"), key).status());
    assertEquals(404, shop.get("/v1/items/" + second).status());
    assertEquals(404, shop.get("/v1/items/" + second + "/stock").status());
  }

  @Test
  void aRefusalBindsNoKey() {
    String sku = shop.stocked(1);
    String key = UUID.randomUUID().toString();
    assertEquals(409, shop.post("/v1/purchases", Shop.lines(sku, 2), key).status());
    shop.post("/v1/items/" + sku + "/receipts", "{\"quantity\":1}");
    assertEquals(201, shop.post("/v1/purchases", Shop.lines(sku, 2), key).status());
  }

  @Test
  void aKeyThatIsNoKeyIsRefused() {
    String sku = shop.stocked(1);
    for (String key : List.of(" ", "a b", "x".repeat(256), "umläut")) {
      Reply refused = shop.post("/v1/purchases", Shop.lines(sku, 1), key);
      assertEquals(400, refused.status(), key);
      assertEquals("Idempotency-Key", refused.member());
    }
  }

  private Reply repeated(String path, String body) {
    String key = UUID.randomUUID().toString();
    Reply first = shop.post(path, body, key);
    Reply again = shop.post(path, body, key);
    assertEquals(2, first.status() / 100, first.text());
    assertEquals("", first.header("Idempotent-Replayed"));
    assertEquals(first.status(), again.status());
    assertEquals(first.text(), again.text());
    assertEquals(first.header("Location"), again.header("Location"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    return first;
  }
}
