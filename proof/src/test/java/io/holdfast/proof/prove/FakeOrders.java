package io.holdfast.proof.prove;

import static io.holdfast.proof.prove.FakeShop.problem;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.prove.FakeShop.Answer;
import io.holdfast.proof.shop.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The orders of a [FakeShop], which lets one in at a time.
final class FakeOrders {
  private final Defect defect;
  private final FakeStock stock;
  private final List<Map<String, Object>> placed = new ArrayList<>();
  private long last;

  FakeOrders(Defect defect, FakeStock stock) {
    this.defect = defect;
    this.stock = stock;
  }

  Answer numbers() {
    return new Answer(200, Json.write(Map.of("last", last)));
  }

  Answer list() {
    return new Answer(200, Json.write(Map.of("orders", placed.reversed())));
  }

  Answer place(List<Line> lines, JsonNode body) {
    if (defect == Defect.NUMBER_BEFORE_STOCK) {
      last++;
    }
    if (!stock.hasAll(lines)) {
      return problem(409, "insufficient_stock");
    }
    if (defect != Defect.NUMBER_BEFORE_STOCK) {
      last++;
    }
    stock.purchase("", lines);
    Map<String, Object> order =
        Map.of(
            "id",
            "order-" + placed.size(),
            "number",
            "SO-" + number(),
            "lines",
            body.path("lines"));
    if (defect != Defect.FORGETFUL || placed.size() % 50 != 49) {
      placed.add(order);
    }
    return new Answer(201, Json.write(order));
  }

  /// One of two nodes has taken its numbers before.
  private long number() {
    if (defect == Defect.NUMBERS_IN_BLOCKS) {
      return last % 2 == 0 ? last - 1 : last + 1;
    }
    return defect == Defect.NUMBER_TWICE && last % 40 == 0 ? last - 1 : last;
  }
}
