package io.holdfast.server.description;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// The page at `/docs` around the framework's viewer of the description. The framework's own page
/// has its script in itself, which the policy of no page here allows.
@Singleton
final class DescriptionPage {
  // Behind the check of credentials and of methods.
  private static final int PRIORITY = 30;
  private static final Set<String> PAGE = Set.of("/docs", "/docs/", "/docs/index.html");
  private static final String SCRIPT = "/docs/start.js";
  private static final String VIEWER = "/docs/";
  // The viewer draws its arrows from images that stand in its style sheet.
  private static final String OWN_FILES_ONLY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final String page = text("index.html");
  private final String script = text("start.js");

  void install(@Observes Filters filters) {
    filters.register(this::answer, PRIORITY);
  }

  private void answer(RoutingContext context) {
    String path = context.normalizedPath();
    boolean isPage = PAGE.contains(path);
    HttpServerResponse response = context.response();
    if (isPage || path.startsWith(VIEWER)) {
      response.putHeader("Content-Security-Policy", OWN_FILES_ONLY);
    }
    if (isPage) {
      response.putHeader("Content-Type", "text/html;charset=UTF-8").end(page);
    } else if (path.equals(SCRIPT)) {
      response.putHeader("Content-Type", "text/javascript;charset=UTF-8").end(script);
    } else {
      context.next();
    }
  }

  private static String text(String name) {
    try (InputStream file = DescriptionPage.class.getResourceAsStream("page/" + name)) {
      if (file == null) {
        throw new IllegalStateException("the page's file " + name + " was not built in");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
