package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

class CustomerLimitRoutesTest {
  private static final String TWO_A_DAY = "{\"max_quantity\":2,\"window_seconds\":86400}";

  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  private Reply put(String path, String body, String version) {
    return shop.send(
        shop.request(path)
            .header("Content-Type", "application/json")
            .header("If-Match", version)
            .PUT(BodyPublishers.ofString(body)));
  }

  private Reply delete(String path) {
    return shop.send(shop.request(path).DELETE());
  }

  private Reply buy(String sku, String customer, int quantity) {
    return shop.post(
        "/v1/purchases",
        "{\"customer\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}"
            .formatted(customer, sku, quantity));
  }

  @Test
  void aCustomerGetsNoMoreThanTheLimit() {
    String sku = shop.stocked(10);
    String address = "/v1/items/" + sku + "/purchase-limit";
    assertEquals("no_purchase_limit", shop.get(address).code());
    Reply set = put(address, TWO_A_DAY, "*");
    assertEquals(200, set.status(), set.text());
    assertEquals(set.text(), shop.get(address).text());
    assertEquals(201, buy(sku, "ann", 2).status());
    Reply refused = buy(sku, "ann", 1);
    assertEquals(409, refused.status());
    assertEquals("limit_exceeded", refused.code());
    assertEquals("lines[0].quantity", refused.member());
    assertEquals(201, buy(sku, "bob", 2).status());
    assertEquals(204, delete(address).status());
    assertEquals(201, buy(sku, "ann", 6).status());
    assertEquals("no_purchase_limit", delete(address).code());
  }

  @Test
  void nobodysEditOfALimitIsLost() {
    String sku = shop.stocked(1);
    String address = "/v1/items/" + sku + "/purchase-limit";
    assertEquals("\"1\"", put(address, TWO_A_DAY, "*").header("ETag"));
    assertEquals("\"2\"", put(address, TWO_A_DAY, "\"1\"").header("ETag"));
    Reply stale = put(address, TWO_A_DAY, "\"1\"");
    assertEquals(412, stale.status());
    assertEquals("version_conflict", stale.code());
  }

  @Test
  void aLimitThatIsNoneIsRefusedByItsMember() {
    String address = "/v1/items/" + shop.stocked(1) + "/purchase-limit";
    Reply none = put(address, "{\"max_quantity\":0,\"window_seconds\":1}", "*");
    assertEquals(400, none.status());
    assertEquals("max_quantity", none.member());
    Reply unknown = put("/v1/items/no-such/purchase-limit", TWO_A_DAY, "*");
    assertEquals("unknown_item", unknown.code());
    assertEquals("sku", unknown.member());
  }

  @Test
  void anotherTenantsItemHasNoLimitHere() {
    String sku = shop.stocked(1);
    String address = "/v1/items/" + sku + "/purchase-limit";
    put(address, TWO_A_DAY, "*");
    Shop other = TestNode.shared().tenant("warehouse");
    assertEquals("no_purchase_limit", other.get(address).code());
    assertTrue(shop.get(address).status() == 200);
  }
}
