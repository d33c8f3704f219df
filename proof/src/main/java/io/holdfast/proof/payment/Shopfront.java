package io.holdfast.proof.payment;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.shop.Nodes;
import io.holdfast.proof.shop.Try;
import java.util.ArrayList;
import java.util.List;

/// What a shop tells of its orders, by whichever node answers.
public record Shopfront(Nodes nodes) {
  private static final int TRIES_MAX = 100;
  private static final int RETRY_MILLIS = 50;

  /// Whether the shop says that an order is paid by an intent.
  boolean isPaid(String order, String intent) {
    return found(order).at("/payment/reference").asText().equals(intent);
  }

  public List<Sold> orders(List<Payer> payers) {
    List<Sold> orders = new ArrayList<>();
    for (Payer payer : payers) {
      payer.order().ifPresent(id -> orders.add(Sold.of(found(id), found(id + "/payments"))));
    }
    return orders;
  }

  private JsonNode found(String path) {
    for (int i = 0; i < TRIES_MAX; i++) {
      Try answer = nodes.get(i, "/v1/orders/" + path);
      if (answer.isYes()) {
        return answer.json();
      }
      Ticker.pauseMillis(RETRY_MILLIS);
    }
    throw new IllegalStateException("the shop does not tell of " + path);
  }
}
