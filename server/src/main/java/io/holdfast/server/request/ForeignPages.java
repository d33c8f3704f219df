package io.holdfast.server.request;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A browser that knows a key, or stands on the machine of an open demonstration, sends what any
/// page makes it send. So whatever changes something must not come from another site's page.
/// Programs send neither header and are not concerned.
@Singleton
final class ForeignPages {
  private static final int PRIORITY = 900;
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  void install(@Observes Filters filters) {
    filters.register(ForeignPages::guard, PRIORITY);
  }

  private static void guard(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (SafeMethods.contain(request.method()) || !isForeign(request)) {
      context.next();
    } else {
      ProblemResponses.send(
          Problem.of(
              ProblemCode.FOREIGN_BROWSER_REQUEST, "this was sent by a page of another site"),
          context.response());
    }
  }

  private static boolean isForeign(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_SITE.contains(site)) {
      return true;
    }
    String origin = request.getHeader("Origin");
    return origin != null && !isSameHost(origin, request.authority());
  }

  private static boolean isSameHost(String origin, @Nullable HostAndPort authority) {
    try {
      URI uri = URI.create(origin);
      return authority != null
          && authority.host().equalsIgnoreCase(uri.getHost())
          && authority.port() == uri.getPort();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
