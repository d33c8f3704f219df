package io.holdfast.server.origin;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Gives each request its name before anybody can answer it, so that every answer has it.
@Singleton
final class RequestIds {
  private static final int PRIORITY = 2_100;

  private final Proxies proxies;

  RequestIds(Proxies proxies) {
    this.proxies = proxies;
  }

  void install(@Observes Filters filters) {
    filters.register(this::name, PRIORITY);
  }

  private void name(RoutingContext context) {
    HttpServerRequest request = context.request();
    String client =
        proxies.client(request.remoteAddress(), request.headers().getAll(Proxies.HEADER));
    RequestOrigin origin = RequestOrigin.begin(request.getHeader(RequestOrigin.HEADER), client);
    context.response().putHeader(RequestOrigin.HEADER, origin.id());
    context.next();
  }
}
