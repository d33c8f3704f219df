package io.holdfast.server.request;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Headers that every answer carries, so that a browser makes no more of it than it is. Pages
/// loosen the policy as far as they need it; everything else loads nothing and is framed by nobody.
@Singleton
final class SafeHeaders {
  // In front of everybody who answers.
  private static final int PRIORITY = 3_000;
  private static final String POLICY = "Content-Security-Policy";
  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String NO_FEATURES =
      "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
  // A year, and for names below this one too: a cookie or a page from there could reach this one.
  private static final String ONLY_WITH_TLS = "max-age=31536000; includeSubDomains";

  void install(@Observes Filters filters) {
    filters.register(SafeHeaders::put, PRIORITY);
  }

  private static void put(RoutingContext context) {
    HttpServerResponse response =
        context
            .response()
            .putHeader("X-Content-Type-Options", "nosniff")
            .putHeader("X-Frame-Options", "DENY")
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("Permissions-Policy", NO_FEATURES)
            .putHeader("Cross-Origin-Opener-Policy", "same-origin")
            .putHeader("Cross-Origin-Resource-Policy", "same-origin")
            .putHeader("Cache-Control", "no-store");
    if (context.request().isSSL()) {
      response.putHeader("Strict-Transport-Security", ONLY_WITH_TLS);
    }
    // At the end, since a resource's headers are added to those that are there.
    context.addHeadersEndHandler(_ -> putPolicy(response));
    context.next();
  }

  private static void putPolicy(HttpServerResponse response) {
    if (!response.headers().contains(POLICY)) {
      response.putHeader(POLICY, NOTHING);
    }
  }
}
