package io.holdfast.server.origin;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Gives each request its name before anybody can answer it, so that every answer has it.
@Singleton
final class RequestIds {
  private static final int PRIORITY = 2_100;

  void install(@Observes Filters filters) {
    filters.register(RequestIds::name, PRIORITY);
  }

  private static void name(RoutingContext context) {
    RequestOrigin origin =
        RequestOrigin.begin(
            context.request().getHeader(RequestOrigin.HEADER), context.request().remoteAddress());
    context.response().putHeader(RequestOrigin.HEADER, origin.id());
    context.next();
  }
}
