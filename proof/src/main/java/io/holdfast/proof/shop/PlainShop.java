package io.holdfast.proof.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.history.Told;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One item, one unit at a time: what flash-sale systems offer.
record PlainShop(String credential) implements Shop {

  @Override
  public Request request(Intent intent) {
    return switch (intent.wish()) {
      case Wish.Purchase purchase ->
          new Request(
              "POST",
              "/buy_ticket",
              headers(intent.key()),
              Json.write(Map.of("customer_id", purchase.customer())));
      case Wish.Read _ -> new Request("GET", "/inventory", headers(""), "");
      case Wish.Reserve _,
          Wish.Change _,
          Wish.Extend _,
          Wish.Commit _,
          Wish.Release _,
          Wish.Return _,
          Wish.Receive _,
          Wish.Transfer _,
          Wish.Count _,
          Wish.Together _ ->
          throw unknown(intent.action().word());
    };
  }

  @Override
  public Request request(Bundle bundle) {
    throw unknown("commands");
  }

  @Override
  public List<Response> parted(Bundle bundle, Response response) {
    throw unknown("commands");
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException("a plain shop has no " + what);
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
    return new Reply.Accepted(
        stock.isNumber() ? Told.of(new Stock(stock.longValue(), 0)) : Told.NOTHING);
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
