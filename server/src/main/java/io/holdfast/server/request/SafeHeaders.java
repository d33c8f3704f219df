package io.holdfast.server.request;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Headers that every answer carries, so that a browser makes no more of it than it is.
@Singleton
final class SafeHeaders {
  private static final int PRIORITY = 1_000;

  void install(@Observes Filters filters) {
    filters.register(
        context -> {
          context
              .response()
              .putHeader("X-Content-Type-Options", "nosniff")
              .putHeader("X-Frame-Options", "DENY")
              .putHeader("Referrer-Policy", "no-referrer")
              .putHeader("Cache-Control", "no-store");
          context.next();
        },
        PRIORITY);
  }
}
