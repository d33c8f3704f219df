package io.holdfast.proof.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Holdfast's own interface.
record V1Shop(String credential) implements Shop {

  @Override
  public Request request(Intent intent) {
    return switch (intent.action()) {
      case PURCHASE -> post("/v1/purchases", intent, claim(intent));
      case RESERVE -> post("/v1/reservations", intent, claim(intent));
      case COMMIT -> post("/v1/reservations/" + intent.reservation() + "/commit", intent, "");
      case RELEASE -> post("/v1/reservations/" + intent.reservation() + "/release", intent, "");
      case READ -> new Request("GET", stockPath(intent.lines()), authorization(), "");
    };
  }

  @Override
  public Reply reply(Intent intent, Response response) throws IOException {
    int status = response.status();
    if (status >= 200 && status < 300) {
      return accepted(Json.read(response.body()));
    }
    String code = code(response);
    boolean refused = status >= 400 && status < 500 && status != 429 && status != 408;
    return refused ? new Reply.Refused(code) : new Reply.Unclear(code, RetryAfter.millis(response));
  }

  private static Reply accepted(JsonNode body) {
    JsonNode onHand = body.path("on_hand");
    JsonNode id = body.path("id");
    return new Reply.Accepted(
        id.isTextual() ? id.textValue() : null,
        onHand.isNumber()
            ? new Stock(onHand.longValue(), body.path("reserved").longValue())
            : null);
  }

  private static String code(Response response) {
    try {
      return Json.read(response.body()).path("code").asText("status_" + response.status());
    } catch (IOException notJson) {
      return "status_" + response.status();
    }
  }

  private Request post(String path, Intent intent, String body) {
    Map<String, String> headers = new LinkedHashMap<>(authorization());
    headers.put("Idempotency-Key", intent.key());
    return new Request("POST", path, headers, body);
  }

  private Map<String, String> authorization() {
    return Map.of("Authorization", "Bearer " + credential);
  }

  private static String claim(Intent intent) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("lines", intent.lines());
    if (intent.ttlSeconds() != null) {
      body.put("ttl_seconds", intent.ttlSeconds());
    }
    body.put("customer", intent.key());
    return Json.write(body);
  }

  private static String stockPath(List<Line> lines) {
    String sku = URLEncoder.encode(lines.getFirst().sku(), StandardCharsets.UTF_8);
    return "/v1/items/" + sku.replace("+", "%20") + "/stock";
  }
}
