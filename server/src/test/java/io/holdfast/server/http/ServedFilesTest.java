package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Nothing is served but what a page names: no folder, no file of the program or of its sources,
/// and nothing that the framework has for developers.
class ServedFilesTest {
  private static final List<String> NEVER_THERE =
      List.of(
          "/.git/config",
          "/.git/HEAD",
          "/.svn/entries",
          "/.env",
          "/application.properties",
          "/META-INF/MANIFEST.MF",
          "/io/holdfast/server/start/Main.class",
          "/console/.git/config",
          "/console/",
          "/assets/",
          "/assets",
          "/console/..%2f..%2fapplication.properties",
          "/console/%2e%2e/%2e%2e/schema.txt",
          "/assets/..%5c..%5capplication.properties",
          "/q/dev",
          "/q/dev-ui",
          "/q/info",
          "/q/arc",
          "/dev-v1",
          "/debug",
          "/server-status");

  private final Shop owner = TestNode.shared().tenant("sweet-shop");
  private final Shop stranger = TestNode.shared().stranger();

  @Test
  void nothingIsServedThatNoPageNames() {
    for (String path : NEVER_THERE) {
      for (Shop shop : List.of(owner, stranger)) {
        int status = shop.get(path).status();
        assertTrue(List.of(400, 401, 403, 404).contains(status), path + " is answered " + status);
      }
    }
  }

  @Test
  void nothingIsToldBackByTrace() {
    for (String path : List.of("/v1/items", "/console", "/", "/metrics", "/health/live")) {
      var traced =
          owner.send(
              owner
                  .request(path)
                  .header("X-Canary", "told-back")
                  .method("TRACE", BodyPublishers.noBody()));
      assertEquals(405, traced.status(), path);
      assertFalse(traced.text().contains("told-back"), path);
    }
  }
}
