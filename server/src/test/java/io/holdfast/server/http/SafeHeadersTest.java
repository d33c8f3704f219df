package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whoever answers, resource, filter or framework, each header is there once.
class SafeHeadersTest {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");
  private static final List<String> NEVER =
      List.of("Server", "X-Powered-By", "Strict-Transport-Security", "Access-Control-Allow-Origin");
  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Pattern INLINE =
      Pattern.compile("<script(?![^>]* src=)|<style|\\sstyle=|\\son\\w+=|javascript:");

  private final Shop stranger = TestNode.shared().stranger();
  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @Test
  void areOnEveryAnswer() {
    for (String path :
        List.of(
            "/v1/ping",
            "/v1/items",
            "/v1/items/nothing",
            "/v1/items?limit=0",
            "/v1/purchases",
            "/nothing",
            "/nothing/",
            "//inventory",
            "/openapi",
            "/metrics",
            "/health/live",
            "/health/ready",
            "/health/nothing",
            "/inventory",
            "/assets/nothing",
            "/console/nothing")) {
      assertEquals(NOTHING, policy(path, shop.get(path)));
      assertEquals(NOTHING, policy(path, stranger.get(path)));
    }
    assertEquals(
        NOTHING, policy("a sale", shop.post("/v1/purchases", Shop.lines(shop.stocked(1), 1))));
    assertEquals(NOTHING, policy("no JSON", shop.post("/v1/purchases", "{")));
    assertEquals(NOTHING, policy("large", shop.post("/v1/purchases", " ".repeat(1_100_000))));
    assertEquals(NOTHING, policy("method", shop.send(shop.request("/v1/purchases").DELETE())));
  }

  @Test
  void letPagesLoadTheirOwnFilesAndNoScriptInThemselves() {
    for (String page :
        List.of(
            "/",
            "/console",
            "/docs",
            "/docs/",
            "/docs/index.html",
            "/docs/start.js",
            "/docs/swagger-ui-bundle.js",
            "/docs/swagger-ui.css",
            "/assets/page.js")) {
      Reply reply = stranger.get(page);
      assertEquals(200, reply.status(), page);
      String policy = policy(page, reply);
      assertTrue(policy.contains("default-src 'none'; script-src 'self'; style-src 'self'"), page);
      assertFalse(policy.contains("unsafe"), page);
      if (reply.header("Content-Type").startsWith("text/html")) {
        assertFalse(INLINE.matcher(reply.text()).find(), page);
      }
    }
  }

  private static String policy(String what, Reply reply) {
    ALWAYS.forEach(
        (name, value) ->
            assertEquals(List.of(value), reply.response().headers().allValues(name), what));
    NEVER.forEach(
        name -> assertEquals(List.of(), reply.response().headers().allValues(name), what));
    List<String> policies = reply.response().headers().allValues("Content-Security-Policy");
    assertEquals(1, policies.size(), what + policies);
    return policies.getFirst();
  }
}
