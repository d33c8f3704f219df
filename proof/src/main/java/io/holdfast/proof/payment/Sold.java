package io.holdfast.proof.payment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An order as the shop tells it, with its payments.
///
/// @param intent by which it was paid; empty: it was not
/// @param units of each item
public record Sold(
    String id,
    String state,
    long total,
    String intent,
    Map<String, Long> units,
    List<Attempt> attempts) {
  public Sold {
    units = Map.copyOf(units);
    attempts = List.copyOf(attempts);
  }

  /// A payment as the shop tells it.
  ///
  /// @param areRefundsOver whether each refund has ended
  public record Attempt(
      String id, String state, String intent, long amount, boolean areRefundsOver) {
    static Attempt of(JsonNode told) {
      boolean isOver = true;
      for (JsonNode refund : told.path("refunds")) {
        isOver &= !refund.path("state").asText().equals("begun");
      }
      return new Attempt(
          told.path("id").asText(),
          told.path("state").asText(),
          told.path("intent").asText(""),
          told.path("amount").longValue(),
          isOver);
    }

    boolean isSettled() {
      return areRefundsOver
          && List.of("captured", "cancelled", "declined", "failed").contains(state);
    }
  }

  static Sold of(JsonNode order, JsonNode payments) {
    Map<String, Long> units = new HashMap<>();
    for (JsonNode line : order.path("lines")) {
      units.merge(line.path("sku").asText(), line.path("quantity").longValue(), Long::sum);
    }
    List<Attempt> attempts = new ArrayList<>();
    payments.path("payments").forEach(payment -> attempts.add(Attempt.of(payment)));
    return new Sold(
        order.path("id").asText(),
        order.path("state").asText(),
        order.at("/total/amount").longValue(),
        order.at("/payment/reference").asText(""),
        units,
        attempts);
  }

  boolean isPaid() {
    return state.equals("paid");
  }

  boolean isReserved() {
    return state.equals("placed");
  }

  @Override
  public String toString() {
    return "order %s, which is %s at %d".formatted(id, state, total);
  }
}
