package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every address says which methods it knows. That those are the described ones is checked with
/// every 405 by [ApiDescription].
class MethodsTest {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final Shop shop = TestNode.shared().tenant("sweet-shop");
  private final Shop stranger = TestNode.shared().stranger();

  @Test
  void aMethodThatAnAddressDoesNotKnowIsAnsweredWithThoseThatItDoes() {
    Set<String> templates = ApiDescription.committed().templates();
    assertTrue(templates.size() > 20, templates.toString());
    for (String template : templates) {
      String allowed = ApiDescription.committed().allowed(template);
      METHODS.stream()
          .filter(method -> !List.of(allowed.split(", ", -1)).contains(method))
          .forEach(method -> assertRefused(method, address(template), allowed));
    }
  }

  @Test
  void aMethodThatNobodyKnowsIsAnsweredWithTheSame() {
    assertRefused("BREW", "/v1/items/fudge/stock", "GET, HEAD, OPTIONS");
    assertRefused("BREW", "/buy_ticket", "OPTIONS, POST");
    assertEquals(404, send("BREW", "/v1/nothing").status());
  }

  @Test
  void anAddressIsAskedForItsMethods() {
    for (String template : ApiDescription.committed().templates()) {
      Reply told = send("OPTIONS", address(template));
      assertEquals(204, told.status(), template);
      assertEquals(ApiDescription.committed().allowed(template), told.header("Allow"), template);
    }
    assertEquals(404, send("OPTIONS", "/v1/nothing").status());
  }

  @Test
  void methodsAreToldToWhoMayAsk() {
    assertEquals(401, stranger.send(noBody(stranger, "OPTIONS", "/v1/items")).status());
    assertEquals(401, stranger.send(noBody(stranger, "DELETE", "/v1/items")).status());
    assertEquals(204, stranger.send(noBody(stranger, "OPTIONS", "/buy_ticket")).status());
    assertEquals("GET, HEAD, OPTIONS", stranger.send(noBody(stranger, "PUT", "/")).header("Allow"));
  }

  private void assertRefused(String method, String path, String allowed) {
    Reply refused = send(method, path);
    assertEquals(405, refused.status(), method + " " + path);
    assertEquals("method_not_allowed", refused.code(), method + " " + path);
    assertEquals(allowed, refused.header("Allow"), method + " " + path);
  }

  private Reply send(String method, String path) {
    return shop.send(noBody(shop, method, path));
  }

  private static HttpRequest.Builder noBody(Shop from, String method, String path) {
    return from.request(path).method(method, BodyPublishers.noBody());
  }

  private static String address(String template) {
    return template.replaceAll("\\{[a-z]+}", "x");
  }
}
