package io.holdfast.server.request;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Refuses a body that says it is too large without reading it. The framework's own limit stands
/// behind this one, for bodies that do not say, and answers without a problem.
@Singleton
final class BodyLimit {
  private static final int PRIORITY = 950;
  private static final long MAX_BYTES = 1 << 20;

  void install(@Observes Filters filters) {
    filters.register(BodyLimit::check, PRIORITY);
  }

  private static void check(RoutingContext context) {
    if (length(context.request().getHeader("Content-Length")) <= MAX_BYTES) {
      context.next();
      return;
    }
    // Its bytes are on their way; in HTTP/2 they end with the stream, and the header is forbidden.
    if (context.request().version() != HttpVersion.HTTP_2) {
      context.response().putHeader("Connection", "close");
    }
    ProblemResponses.send(
        Problem.of(ProblemCode.TOO_LARGE, "a body has at most " + MAX_BYTES + " bytes"),
        context.response());
  }

  /// What is no length was refused by the parser of HTTP before.
  private static long length(@Nullable String header) {
    return header == null ? 0 : Long.parseLong(header);
  }
}
