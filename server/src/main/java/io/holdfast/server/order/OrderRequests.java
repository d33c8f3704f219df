package io.holdfast.server.order;

import io.holdfast.server.catalog.PlainText;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.stock.HeldFor;
import io.holdfast.server.stock.Reach;
import io.holdfast.server.stock.WantedLine;
import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.Reason;
import io.holdfast.stock.Sku;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Bodies of requests about orders.
final class OrderRequests {
  private static final int MAX_REFERENCE = 200;

  private OrderRequests() {}

  /// What was read of a request to place an order.
  record Wanted(
      Command.Reserve reserve, @Nullable String reference, @Nullable OrderTotal expectedTotal) {}

  @Schema(name = "NewOrder")
  record NewOrder(
      @Schema(required = true, minItems = 1, maxItems = 500) List<WantedLine> lines,
      @Schema(
              minimum = "1",
              maximum = "2592000",
              defaultValue = "900",
              description = "within which it has to be paid")
          @Nullable Long ttlSeconds,
      @Schema(minLength = 1, maxLength = 200) @Nullable String customer,
      @Schema(
              minLength = 1,
              maxLength = MAX_REFERENCE,
              description = "the buyer's own, for people to find it by")
          @Nullable String reference,
      @Schema(description = "what the buyer has seen: if it is not that, the order is refused")
          @Nullable OrderTotal expectedTotal) {

    static Wanted read(JsonMembers members, Reach reach) {
      members.only("lines", "ttl_seconds", "customer", "reference", "expected_total");
      Duration ttl = HeldFor.read(members);
      List<Line> lines = WantedLine.readAll(members);
      if (OrderAsk.Placing.units(lines).values().stream().anyMatch(n -> n > Line.MAX_QUANTITY)) {
        throw new InvalidMember(
            members.path("lines"), "must have at most " + Line.MAX_QUANTITY + " of one item");
      }
      return new Wanted(
          new Command.Reserve(lines, ttl, reach.customer(members)),
          readReference(members),
          OrderTotal.read(members, "expected_total").orElse(null));
    }
  }

  private static @Nullable String readReference(JsonMembers members) {
    return members
        .optionalText("reference", text -> PlainText.line("reference", text, MAX_REFERENCE))
        .orElse(null);
  }

  /// What was read of a request to pay.
  record PaymentGiven(Payment.Method method, @Nullable String reference) {}

  @Schema(name = "NewPayment")
  record NewPayment(
      @Schema(
              enumeration = "manual",
              defaultValue = "manual",
              description = "who says that it was paid: somebody of the shop")
          @Nullable String method,
      @Schema(
              minLength = 1,
              maxLength = MAX_REFERENCE,
              description = "by which the payment is found where it was made")
          @Nullable String reference) {

    static PaymentGiven read(JsonMembers members) {
      members.only("method", "reference");
      return new PaymentGiven(
          members.optionalText("method", Payment.Method::said).orElse(Payment.Method.MANUAL),
          readReference(members));
    }
  }

  @Schema(name = "NewCancellation")
  record NewCancellation(@Schema(minLength = 1, maxLength = 200) @Nullable String reason) {

    static @Nullable Reason read(JsonMembers members) {
      return members.only("reason").optionalText("reason", Reason::new).orElse(null);
    }
  }

  @Schema(name = "OrderUnits", description = "So many units of an item, wherever they lie")
  record Units(
      @Schema(required = true, minLength = 1, maxLength = 64) String sku,
      @Schema(required = true, minimum = "1", maximum = "1000000000") long quantity) {

    /// Empty when the member is left out. Each item stands there once.
    private static Map<Sku, Long> read(JsonMembers members) {
      Map<Sku, Long> units = new LinkedHashMap<>();
      members.optionalObjects(
          "lines",
          Command.MAX_LINES,
          line -> {
            Sku sku = line.only("sku", "quantity").text("sku", Sku::new);
            if (units.put(sku, line.whole("quantity", 1, Line.MAX_QUANTITY)) != null) {
              throw new InvalidMember(line.path("sku"), "is there already");
            }
            return sku;
          });
      return units;
    }
  }

  @Schema(name = "NewFulfilment")
  record NewFulfilment(
      @Schema(
              minItems = 1,
              maxItems = 500,
              description = "what was handed over; left out: all that is open")
          @Nullable List<Units> lines) {

    static Map<Sku, Long> read(JsonMembers members) {
      return Units.read(members.only("lines"));
    }
  }

  /// What was read of a request to take something back.
  record UnitsGiven(Map<Sku, Long> units, @Nullable Reason reason) {}

  @Schema(name = "NewOrderReturn")
  record NewOrderReturn(
      @Schema(
              minItems = 1,
              maxItems = 500,
              description = "what came back; left out: all that is with the buyer")
          @Nullable List<Units> lines,
      @Schema(minLength = 1, maxLength = 200) @Nullable String reason) {

    static UnitsGiven read(JsonMembers members) {
      members.only("lines", "reason");
      return new UnitsGiven(
          Units.read(members), members.optionalText("reason", Reason::new).orElse(null));
    }
  }
}
