package io.holdfast.server.request;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Tells the [Pace] of a connection that a head has come and a body may follow.
@Singleton
final class PacedRequests {
  private static final int PRIORITY = 3_100;

  void install(@Observes Filters filters) {
    filters.register(
        context -> {
          if (context.request().connection() instanceof ConnectionBase connection) {
            Pace pace = connection.channel().attr(Pace.OF_CONNECTION).get();
            if (pace != null) {
              pace.begun(context.request());
            }
          }
          context.next();
        },
        PRIORITY);
  }
}
