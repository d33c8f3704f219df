package io.holdfast.proof.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Holdfast's own interface.
record V1Shop(String credential) implements Shop {

  private static final String COMMANDS = "/v1/stock/commands";

  @Override
  public Request request(Intent intent) {
    Wish wish = intent.wish();
    Map<String, String> headers = new LinkedHashMap<>(authorization());
    if (wish instanceof Wish.Read) {
      return new Request("GET", V1Form.path(wish), headers, "");
    }
    headers.put("Idempotency-Key", intent.key());
    if (wish instanceof Wish.Change(_, _, Long version) && version != null) {
      headers.put("If-Match", "\"" + version + "\"");
    }
    String method = wish instanceof Wish.Change ? "PATCH" : "POST";
    return new Request(method, V1Form.path(wish), headers, V1Form.body(wish));
  }

  @Override
  public Request request(Bundle bundle) {
    Map<String, String> headers = new LinkedHashMap<>(authorization());
    headers.put("Idempotency-Key", bundle.key());
    return new Request("POST", COMMANDS, headers, Json.write(V1Form.commands(bundle.wishes())));
  }

  @Override
  public List<Response> parted(Bundle bundle, Response response) throws IOException {
    JsonNode outcomes = Json.read(response.body()).path("outcomes");
    return IntStream.range(0, bundle.wishes().size())
        .mapToObj(i -> response.status() == 200 ? part(response, outcomes.path(i)) : response)
        .toList();
  }

  private static Response part(Response whole, JsonNode outcome) {
    return new Response(
        outcome.path("status").intValue(), whole.headers(), outcome.path("body").toString());
  }

  @Override
  public Reply reply(Intent intent, Response response) throws IOException {
    int status = response.status();
    if (status >= 200 && status < 300) {
      return new Reply.Accepted(V1Answer.told(intent.wish(), Json.read(response.body())));
    }
    String code = code(response);
    boolean refused = status >= 400 && status < 500 && status != 429 && status != 408;
    return refused ? new Reply.Refused(code) : new Reply.Unclear(code, RetryAfter.millis(response));
  }

  private static String code(Response response) {
    try {
      return Json.read(response.body()).path("code").asText("status_" + response.status());
    } catch (IOException notJson) {
      return "status_" + response.status();
    }
  }

  private Map<String, String> authorization() {
    return Map.of("Authorization", "Bearer " + credential);
  }
}
