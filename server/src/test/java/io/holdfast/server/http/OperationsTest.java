package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @Test
  void theEngineIsMeasured() {
    shop.post("/v1/purchases", Shop.lines(shop.stocked(1), 1));
    String metrics = shop.get("/metrics").text();
    for (String name :
        List.of(
            "holdfast_engine_batch_commands_count",
            "holdfast_engine_queue_wait_seconds_bucket",
            "holdfast_engine_lock_wait_seconds_bucket",
            "holdfast_engine_queued",
            "holdfast_engine_answers_seconds_count",
            "outcome=\"Purchased\"",
            "http_server_requests_seconds_count",
            "uri=\"/v1/purchases\"")) {
      assertTrue(metrics.contains(name), name);
    }
  }

  @Test
  void methodsThatNobodyKnowsAreRefusedAndCountedAsOne() {
    for (int i = 0; i < 3; i++) {
      String method = "M" + UUID.randomUUID();
      HttpRequest.Builder request = shop.request("/health/live");
      assertEquals(405, shop.send(request.method(method, BodyPublishers.noBody())).status());
      assertFalse(shop.get("/metrics").text().contains(method));
    }
    assertTrue(shop.get("/metrics").text().contains("method=\"OTHER\""));
    var deleted = shop.send(shop.request("/health/live").DELETE());
    assertEquals(405, deleted.status());
    assertEquals("GET, HEAD, OPTIONS", deleted.header("Allow"));
  }

  @Test
  void theDocumentOfTheApiIsTheOneThatIsCommitted() throws IOException {
    String built = Files.readString(Path.of("target", "openapi", "openapi.yaml"));
    String committed = Files.readString(Path.of("..", "docs", "reference", "openapi.yaml"));
    assertEquals(
        committed, built, "copy server/target/openapi/openapi.yaml to docs/reference/openapi.yaml");
    assertTrue(shop.get("/openapi").text().contains("openapi: 3.1"));
    assertEquals(200, TestNode.shared().stranger().get("/docs/").status());
  }

  @Test
  void everyAnswerForbidsToGuessAndToFrame() {
    var reply = shop.get("/v1/ping");
    assertEquals("nosniff", reply.header("X-Content-Type-Options"));
    assertEquals("DENY", reply.header("X-Frame-Options"));
  }
}
