package io.holdfast.proof.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// One item, one unit at a time: what flash-sale systems offer.
record PlainShop(String credential) implements Shop {

  @Override
  public Request request(Intent intent) {
    return switch (intent.action()) {
      case PURCHASE ->
          new Request(
              "POST",
              "/buy_ticket",
              headers(intent.key()),
              Json.write(Map.of("customer_id", intent.key())));
      case READ -> new Request("GET", "/inventory", headers(""), "");
      case RESERVE, COMMIT, RELEASE ->
          throw new IllegalArgumentException("a plain shop has no " + intent.action().word());
    };
  }

  @Override
  public Reply reply(Intent intent, Response response) throws IOException {
    int status = response.status();
    if (status >= 200 && status < 300) {
      return accepted(Json.read(response.body()));
    }
    boolean soldOut = status == 410 || status == 409;
    if (soldOut) {
      return new Reply.Refused(Codes.INSUFFICIENT_STOCK);
    }
    boolean refused = status >= 400 && status < 500 && status != 429 && status != 408;
    return refused
        ? new Reply.Refused("status_" + status)
        : new Reply.Unclear("status_" + status, RetryAfter.millis(response));
  }

  private static Reply accepted(JsonNode body) {
    if (body.has("success") && !body.path("success").booleanValue()) {
      return new Reply.Refused(Codes.INSUFFICIENT_STOCK);
    }
    JsonNode stock = body.path("current_stock");
    return new Reply.Accepted(null, stock.isNumber() ? new Stock(stock.longValue(), 0) : null);
  }

  private Map<String, String> headers(String key) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!key.isEmpty()) {
      headers.put("Idempotency-Key", key);
    }
    if (!credential.isEmpty()) {
      headers.put("Authorization", "Bearer " + credential);
    }
    return headers;
  }
}
