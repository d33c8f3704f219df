package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.workload.Plan;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts stock into a shop before a run.
final class Stockroom {

  private Stockroom() {}

  /// Makes fresh items, so that nothing sold before can be in the way.
  ///
  /// @return units by sku, in the order of the plan
  static Map<String, Long> fill(Desk desk, Plan plan, String run) throws IOException {
    Map<String, Long> supply = new LinkedHashMap<>();
    for (int item = 0; item < plan.supply().size(); item++) {
      String sku = run + "-" + item;
      long units = plan.supply().get(item);
      expectMade(
          desk.post(
              "/v1/items",
              run + "-item-" + item,
              Json.write(Map.of("sku", sku, "name", "Proof item " + item, "tracked", true))));
      expectMade(
          desk.post(
              "/v1/items/" + sku + "/receipts",
              run + "-receipt-" + item,
              Json.write(Map.of("quantity", units))));
      supply.put(sku, units);
    }
    return supply;
  }

  /// Resets a shop that has one item, where it can be reset, and asks what it has.
  static Map<String, Long> reset(Desk desk) throws IOException {
    Response reset = desk.post("/reset", "", "");
    if (reset.status() >= 500) {
      throw unexpected(reset);
    }
    Response inventory = desk.get("/inventory");
    if (inventory.status() != 200) {
      throw unexpected(inventory);
    }
    JsonNode body = Json.read(inventory.body());
    return Map.of(body.path("item_id").asText("item"), body.path("current_stock").longValue());
  }

  private static void expectMade(Response response) throws IOException {
    if (response.status() != 201) {
      throw unexpected(response);
    }
  }

  private static IOException unexpected(Response response) {
    return new IOException(
        "the shop could not be stocked: " + response.status() + " " + response.body());
  }
}
