package io.holdfast.proof.prove;

import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Puts items into a shop that can be ordered: each has a price.
final class PricedItems {
  private PricedItems() {}

  /// @param supply units of each
  static void stock(Desk desk, List<String> skus, long supply) throws IOException {
    for (int item = 0; item < skus.size(); item++) {
      String sku = skus.get(item);
      Map<String, Object> price = Map.of("amount", 100 + item, "currency", "EUR");
      Map<String, Object> made = Map.of("sku", sku, "name", "Proof item " + item, "price", price);
      String receipt = Json.write(Map.of("quantity", supply));
      Desk.expect(201, desk.post("/v1/items", sku + "-item", Json.write(made)));
      Desk.expect(201, desk.post("/v1/items/" + sku + "/receipts", sku + "-receipt", receipt));
    }
  }
}
