package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.server.http.ApiDescription.Answer;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiDescriptionTest {
  private static final String ITEM =
      """
      {"sku": "fudge", "name": "Fudge", "tracked": true, "description": null, "category": null,
       "price": {"amount": 450, "currency": "GBP"}, "attributes": {"weight": "200 g"},
       "picture": null, "archived_at": null, "version": 1,
       "created_at": "2026-01-01T00:00:00Z", "changed_at": null}
      """;

  @Test
  void takesWhatIsDescribed() {
    assertDoesNotThrow(() -> check(200, "application/json", ITEM));
  }

  @Test
  void seesWhatDiffers() {
    refuses(201, "application/json", ITEM);
    refuses(200, "text/plain", ITEM);
    refuses(200, "application/json", ITEM.replace("\"name\"", "\"label\""));
    refuses(200, "application/json", ITEM.replace("true", "\"yes\""));
    refuses(200, "application/json", ITEM.replace("{\"sku\"", "{\"weight\": 1, \"sku\""));
    refuses(404, "application/problem+json", "{\"title\": \"gone\"}");
    refuses(503, "application/problem+json", "{}");
  }

  private static void refuses(int status, String mediaType, String body) {
    assertThrows(AssertionError.class, () -> check(status, mediaType, body));
  }

  private static void check(int status, String mediaType, String body) {
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of("Content-Type", List.of(mediaType), "ETag", List.of("\"1\"")), (_, _) -> true);
    ApiDescription.committed().check(new Answer("GET", "/v1/items/fudge", status, headers, body));
  }
}
