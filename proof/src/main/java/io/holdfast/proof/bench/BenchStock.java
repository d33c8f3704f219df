package io.holdfast.proof.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.prove.Desk;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the load over HTTP reserves.
final class BenchStock {
  static final int SPREAD_ITEMS = 10_000;
  static final String HOT_SKU = "bench-hot";
  private static final long HOT_UNITS = 1_000_000_000;
  private static final int PAGE = 1_000;

  private BenchStock() {}

  /// One item that has enough for everybody, made in the tenant of the desk.
  static List<String> hot(Desk desk) throws IOException {
    Map<String, Object> price = Map.of("amount", 250, "currency", "EUR");
    Map<String, Object> item =
        Map.of("sku", HOT_SKU, "name", "Hot item", "tracked", true, "price", price);
    desk.post("/v1/items", "bench-item", Json.write(item));
    desk.post(
        "/v1/items/" + HOT_SKU + "/receipts",
        "bench-receipt",
        Json.write(Map.of("quantity", HOT_UNITS)));
    return List.of(HOT_SKU);
  }

  /// The items of the demonstration's warehouse.
  static List<String> spread(Desk desk) throws IOException {
    List<String> skus = new ArrayList<>();
    String after = "";
    while (skus.size() < SPREAD_ITEMS) {
      JsonNode page = Json.read(desk.get("/v1/items?limit=" + PAGE + after).body());
      page.path("items")
          .forEach(
              item -> {
                String sku = item.path("sku").asText();
                if (item.path("tracked").booleanValue() && !sku.equals(HOT_SKU)) {
                  skus.add(sku);
                }
              });
      if (skus.size() < SPREAD_ITEMS && !page.path("next").isTextual()) {
        throw new IOException("the warehouse has only " + skus.size() + " items");
      }
      after = "&after=" + page.path("next").asText();
    }
    return List.copyOf(skus.subList(0, SPREAD_ITEMS));
  }
}
