package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.checker.Opening;
import io.holdfast.proof.client.ClientJob;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.workload.Limit;
import io.holdfast.proof.workload.Setting;
import io.holdfast.proof.workload.Wanted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts stock into a shop before a run: fresh items, so that nothing sold before can be in the way.
final class Stockroom {

  private static final int CONFLICT = 409;
  private static final int RESERVED_TTL_SECONDS = 600;
  private static final int PRIORITY_STEP = 10;

  private final Desk desk;
  private final Clerk clerk;
  private final String run;

  /// @param run names items, keys and customers
  Stockroom(Desk desk, Clerk clerk, String run) {
    this.desk = desk;
    this.clerk = clerk;
    this.run = run;
  }

  /// Items are in the order of the plan.
  Opening fill(Setting setting) throws IOException {
    for (int i = 0; i < setting.locations().size(); i++) {
      open(setting.locations().get(i), i);
    }
    Map<String, Stock> stock = new LinkedHashMap<>();
    for (int item = 0; item < setting.supply().size(); item++) {
      receive(item, setting);
      stock.put(sku(item), clerk.read(sku(item)));
    }
    Map<String, Opening.Limit> limits = new HashMap<>();
    for (Limit limit : setting.limits()) {
      limit(limit);
      limits.put(
          sku(limit.item()),
          new Opening.Limit(limit.maxQuantity(), limit.windowSeconds() * 1_000_000_000L));
    }
    return new Opening(stock, limits);
  }

  private String sku(int item) {
    return run + "-" + item;
  }

  /// One that was made in an earlier run is as good.
  private void open(String location, int index) throws IOException {
    if (!location.equals(Setting.MAIN)) {
      Response response =
          desk.post(
              "/v1/locations",
              run + "-location-" + index,
              Json.write(Map.of("location", location, "priority", index * PRIORITY_STEP)));
      if (response.status() != CONFLICT) {
        expectMade(response);
      }
    }
  }

  private void receive(int item, Setting setting) throws IOException {
    expectMade(
        desk.post(
            "/v1/items",
            run + "-item-" + item,
            Json.write(Map.of("sku", sku(item), "name", "Proof item " + item, "tracked", true))));
    for (String location : setting.locations()) {
      expectMade(
          desk.post(
              "/v1/items/" + sku(item) + "/receipts",
              run + "-receipt-" + item + "-" + location,
              Json.write(Map.of("quantity", setting.share(item, location), "location", location))));
    }
  }

  private void limit(Limit limit) throws IOException {
    Response response =
        desk.put(
            "/v1/items/" + sku(limit.item()) + "/purchase-limit",
            Json.write(
                Map.of(
                    "max_quantity", limit.maxQuantity(), "window_seconds", limit.windowSeconds())));
    if (response.status() != 200) {
      throw unexpected(response);
    }
  }

  /// Makes the reservations that are there before anybody comes, one for each customer.
  List<String> reserve(Setting setting) throws IOException {
    List<String> ids = new ArrayList<>();
    for (List<Wanted> wanted : setting.reserved()) {
      List<Line> lines =
          wanted.stream()
              .map(line -> new Line(sku(line.item()), line.location(), line.quantity()))
              .toList();
      String customer = ClientJob.customer(run, ids.size());
      String id = clerk.ask(new Wish.Reserve(lines, RESERVED_TTL_SECONDS, customer)).reservation();
      if (id == null) {
        throw new IOException("the shop does not say what it has reserved");
      }
      ids.add(id);
    }
    return ids;
  }

  /// Resets a shop that has one item, where it can be reset, and asks what it has.
  Opening reset() throws IOException {
    Response reset = desk.post("/reset", "", "");
    if (reset.status() >= 500) {
      throw unexpected(reset);
    }
    Response inventory = desk.get("/inventory");
    if (inventory.status() != 200) {
      throw unexpected(inventory);
    }
    JsonNode body = Json.read(inventory.body());
    Stock stock = new Stock(body.path("current_stock").longValue(), 0);
    return new Opening(Map.of(body.path("item_id").asText("item"), stock), Map.of());
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
