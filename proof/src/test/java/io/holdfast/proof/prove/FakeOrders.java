package io.holdfast.proof.prove;

import static io.holdfast.proof.prove.FakeShop.problem;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.prove.FakeShop.Answer;
import io.holdfast.proof.shop.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The orders of a [FakeShop], which lets one in at a time.
final class FakeOrders {
  private static final long USUAL_TTL_SECONDS = 900;
  private static final long PATIENCE_NANOS = 800_000_000L;

  private final Defect defect;
  private final FakeStock stock;
  private final FakeEvents events;
  private final List<Order> placed = new ArrayList<>();
  private long last;

  private static final class Order {
    private final FakeStock.Reservation reservation;
    private final String number;
    private final JsonNode asked;
    private String state = "placed";
    private long version = 1;
    private String intent = "";

    private Order(FakeStock.Reservation reservation, String number, JsonNode asked) {
      this.reservation = reservation;
      this.number = number;
      this.asked = asked;
    }

    private long total() {
      return reservation.lines.stream().mapToLong(line -> line.quantity() * price(line)).sum();
    }

    private Map<String, Object> told() {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("id", reservation.id);
      members.put("number", number);
      members.put("state", state);
      members.put("version", version);
      members.put("reference", asked.path("reference"));
      members.put("lines", asked.path("lines"));
      members.put("total", Map.of("amount", total()));
      members.put("payment", Map.of("reference", intent));
      members.put("expires_at", reservation.expiresAt.toString());
      return members;
    }
  }

  /// As the prover prices its items: by the number at the end.
  private static long price(Line line) {
    return 100 + Long.parseLong(line.sku().substring(line.sku().lastIndexOf('-') + 1));
  }

  FakeOrders(Defect defect, FakeStock stock, FakeEvents events) {
    this.defect = defect;
    this.stock = stock;
    this.events = events;
  }

  Answer numbers() {
    return new Answer(200, Json.write(Map.of("last", last)));
  }

  Answer list() {
    List<Map<String, Object>> told = placed.reversed().stream().map(Order::told).toList();
    return new Answer(200, Json.write(Map.of("orders", told)));
  }

  Answer place(List<Line> lines, JsonNode body) {
    if (defect == Defect.NUMBER_BEFORE_STOCK) {
      last++;
    }
    if (!stock.hasAll(lines)) {
      if (defect == Defect.EVENT_OF_WHAT_WAS_REFUSED) {
        FakeStock.Reservation none = new FakeStock.Reservation("", lines, "held", Instant.now(), 0);
        tell("placed", new Order(none, "SO-0", body));
      }
      return problem(409, "insufficient_stock");
    }
    if (defect != Defect.NUMBER_BEFORE_STOCK) {
      last++;
    }
    long ttl = body.path("ttl_seconds").asLong(USUAL_TTL_SECONDS);
    FakeStock.Reservation reservation = stock.reserve("", lines, ttl * 1_000_000_000L);
    Order order = new Order(reservation, "SO-" + number(), body);
    if (defect != Defect.FORGETFUL || placed.size() % 50 != 49) {
      placed.add(order);
    }
    events.tell(reservation, "reserved");
    tell("placed", order);
    return new Answer(201, Json.write(order.told()));
  }

  /// One of two nodes has taken its numbers before.
  private long number() {
    if (defect == Defect.NUMBERS_IN_BLOCKS) {
      return last % 2 == 0 ? last - 1 : last + 1;
    }
    return defect == Defect.NUMBER_TWICE && last % 40 == 0 ? last - 1 : last;
  }

  Answer step(String id, String verb) {
    Order order = order(id);
    String next =
        switch (verb + " " + order.state) {
          case "pay placed" -> stock.end(order.reservation, "committed") ? "paid" : "";
          case "cancel placed" -> stock.end(order.reservation, "released") ? "cancelled" : "";
          case "cancel paid" -> "cancelled";
          case "fulfil paid" -> "fulfilled";
          case "returns fulfilled" -> "returned";
          default -> "";
        };
    if (next.isEmpty()) {
      return problem(409, "illegal_order_step");
    }
    if (next.equals("returned") || (next.equals("cancelled") && order.state.equals("paid"))) {
      order.reservation.lines.forEach(line -> stock.receive(line.sku(), line.quantity()));
    }
    order.state = next;
    order.version++;
    tell(next, order);
    return new Answer(200, Json.write(order.told()));
  }

  private Order order(String id) {
    return placed.stream().filter(each -> each.reservation.id.equals(id)).findFirst().orElseThrow();
  }

  Answer read(String id) {
    return new Answer(200, Json.write(order(id).told()));
  }

  boolean isPlaced(String id) {
    Order order = order(id);
    return order.state.equals("placed") && order.reservation.expiresNanos > System.nanoTime();
  }

  /// Whether nobody waits for its buyer any more.
  boolean isGivenUp(String id) {
    boolean isOver = order(id).reservation.expiresNanos + PATIENCE_NANOS < System.nanoTime();
    return isCancelled(id) || isOver;
  }

  boolean isCancelled(String id) {
    return order(id).state.equals("cancelled");
  }

  long total(String id) {
    return order(id).total();
  }

  String number(String id) {
    return order(id).number;
  }

  /// @return false: it can't be paid any more
  boolean pay(String id, String intent) {
    boolean isPaid = step(id, "pay").status() == 200;
    if (isPaid) {
      order(id).intent = intent;
    }
    return isPaid;
  }

  /// To expire makes no version: nobody does anything to the order.
  void expire(FakeStock.Reservation reservation) {
    for (Order order : placed) {
      if (order.reservation == reservation) {
        order.state = "expired";
        tell("expired", order);
      }
    }
  }

  private void tell(String step, Order order) {
    events.tell("order." + step, "orders/" + order.reservation.id, Map.of("order", order.told()));
  }
}
