package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Brings files in, and waits for what becomes of them.
record BroughtIn(Shop shop) {
  static final String CSV = "text/csv";
  static final String JSON_LINES = "application/x-ndjson";
  private static final long MAX_WAIT_SECONDS = 120;

  Reply send(String query, String type, String file, String... headers) {
    var request = shop.request("/v1/imports?" + query).header("Content-Type", type);
    return shop.send(headers.length == 0 ? request : request.headers(headers), file);
  }

  /// Sends a file of CSV, and answers the import when it has ended.
  JsonNode ended(String query, String file) {
    return ended(query, CSV, file);
  }

  JsonNode ended(String query, String type, String file) {
    return ended(address(query, type, file));
  }

  String address(String query, String type, String file) {
    Reply begun = send(query, type, file);
    assertEquals(202, begun.status(), begun.text());
    return begun.header("Location");
  }

  JsonNode ended(String address) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
    JsonNode found = shop.get(address).body();
    while (found.path("finished_at").isNull()) {
      assertTrue(System.nanoTime() < end, found.toString());
      pause();
      found = shop.get(address).body();
    }
    return found;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// As `done 3/1/1`: state, and lines that were applied, were so already, and failed.
  static String told(JsonNode ended) {
    JsonNode lines = ended.path("lines");
    return "%s %d/%d/%d"
        .formatted(
            ended.path("state").asText(),
            lines.path("applied").asLong(),
            lines.path("unchanged").asLong(),
            lines.path("failed").asLong());
  }

  /// As `3 invalid_value name`, page by page.
  List<String> errors(JsonNode ended) {
    List<String> errors = new ArrayList<>();
    String after = "0";
    while (after != null) {
      JsonNode page =
          shop.get("/v1/imports/" + ended.path("id").asText() + "/errors?limit=2&after=" + after)
              .body();
      page.path("errors")
          .forEach(
              error ->
                  errors.add(
                      error.path("line").asText()
                          + " "
                          + error.path("code").asText()
                          + " "
                          + error.path("column").asText()));
      after = page.path("next").isNull() ? null : page.path("next").asText();
    }
    return errors;
  }

  Reply export(String kind, String type) {
    return shop.send(shop.request("/v1/exports/" + kind).header("Accept", type).GET());
  }

  JsonNode level(String sku) {
    return shop.get("/v1/items/" + sku + "/stock").body();
  }
}
