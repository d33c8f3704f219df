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
      {"sku": "fudge", "name": "Fudge", "tracked": true, "created_at": "2026-11-22T10:00:00Z"}""";

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
    refuses(200, "application/json", ITEM.replace("{", "{\"price\": 1, "));
    refuses(404, "application/problem+json", "{\"title\": \"gone\"}");
    refuses(503, "application/problem+json", "{}");
  }

  private static void refuses(int status, String mediaType, String body) {
    assertThrows(AssertionError.class, () -> check(status, mediaType, body));
  }

  private static void check(int status, String mediaType, String body) {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Content-Type", List.of(mediaType)), (_, _) -> true);
    ApiDescription.committed().check(new Answer("GET", "/v1/items/fudge", status, headers, body));
  }
}
