package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.server.http.Shop.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemRoutesTest {
  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @Test
  void anItemIsMadeAndFound() {
    String sku = Shop.newSku();
    Reply made = shop.post("/v1/items", "{\"sku\":\"%s\",\"name\":\"Né €\"}".formatted(sku));
    assertEquals(201, made.status());
    assertEquals("/v1/items/" + sku, made.header("Location"));
    assertEquals(made.text(), shop.get(made.header("Location")).text());
    assertEquals("Né €", made.body().get("name").asText());
    assertTrue(made.body().get("tracked").asBoolean());
  }

  @Test
  void aSkuIsGivenOnce() {
    String sku = Shop.newSku();
    String body = "{\"sku\":\"%s\",\"name\":\"One\"}".formatted(sku);
    assertEquals(201, shop.post("/v1/items", body).status());
    Reply again = shop.post("/v1/items", body);
    assertEquals(409, again.status());
    assertEquals("item_exists", again.code());
  }

  @Test
  void aSkuMayHaveSignsThatMeanSomethingInAnAddress() {
    String sku = "a b/c?d%e" + Shop.newSku();
    Reply made = shop.post("/v1/items", "{\"sku\":\"%s\",\"name\":\"Odd\"}".formatted(sku));
    assertEquals(201, made.status());
    Reply found = shop.get(made.header("Location"));
    assertEquals(200, found.status());
    assertEquals(sku, found.body().get("sku").asText());
    assertEquals(200, shop.get(made.header("Location") + "/stock").status());
  }

  /// Whatever it would mean in JSON, in a page or to a terminal.
  @Test
  void aNameIsToldAsItIs() {
    String name = "\"},{\\\"sku\":1</script><b onx='1'>\u2028${7*7}%s{{7}}\u202e";
    String sku = Shop.newSku();
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("sku", sku).put("name", name);
    Reply made = shop.post("/v1/items", item.toString());
    assertEquals(201, made.status(), made.text());
    Reply found = shop.get(made.header("Location"));
    assertEquals(name, found.body().get("name").asText());
    assertEquals(sku, found.body().get("sku").asText());
    assertEquals(made.body(), found.body());
  }

  @Test
  void aPageEndsWhereTheNextBegins() {
    Shop warehouse = TestNode.shared().tenant("warehouse");
    List<String> skus = new ArrayList<>();
    String path = "/v1/items?limit=1000";
    for (JsonNode page = warehouse.get(path).body(); ; page = next(warehouse, path, page)) {
      page.get("items").forEach(item -> skus.add(item.get("sku").asText()));
      if (page.get("next").isNull()) {
        break;
      }
    }
    assertEquals(10_000, skus.size());
    assertEquals(skus.stream().sorted().distinct().toList(), skus);
  }

  @Test
  void aReceiptAndAnAdjustmentChangeTheStock() {
    String sku = shop.stocked(10);
    Reply adjusted =
        shop.post("/v1/items/" + sku + "/adjustments", "{\"quantity\":-3,\"reason\":\"broken\"}");
    assertEquals(201, adjusted.status());
    assertEquals(7, adjusted.body().get("on_hand").asLong());
    assertEquals("broken", adjusted.body().get("reason").asText());
    Reply stock = shop.get("/v1/items/" + sku + "/stock");
    assertEquals("\"2\"", stock.header("ETag"));
    assertEquals(7, stock.body().at("/levels/0/available").asLong());
  }

  @Test
  void anAdjustmentLeavesWhatIsReserved() {
    String sku = shop.stocked(10);
    shop.post("/v1/reservations", Shop.lines(sku, 8));
    Reply refused =
        shop.post("/v1/items/" + sku + "/adjustments", "{\"quantity\":-3,\"reason\":\"broken\"}");
    assertEquals(409, refused.status());
    assertEquals("insufficient_stock", refused.code());
  }

  @Test
  void anUntrackedItemHasNoStock() {
    JsonNode stock = shop.get("/v1/items/gift-wrap/stock").body();
    assertFalse(stock.get("tracked").asBoolean());
    assertTrue(stock.get("on_hand").isNull());
    assertEquals(0, stock.get("levels").size());
    Reply receipt = shop.post("/v1/items/gift-wrap/receipts", "{\"quantity\":1}");
    assertEquals("item_not_tracked", receipt.code());
  }

  @Test
  void anItemThatWasNeverReceivedHasNoStockRecord() {
    String sku = Shop.newSku();
    shop.post("/v1/items", "{\"sku\":\"%s\",\"name\":\"Never received\"}".formatted(sku));
    Reply refused = shop.post("/v1/purchases", Shop.lines(sku, 1));
    assertEquals(409, refused.status());
    assertEquals("no_stock_record", refused.code());
  }

  private static JsonNode next(Shop shop, String path, JsonNode page) {
    return shop.get(path + "&after=" + page.get("next").asText()).body();
  }
}
