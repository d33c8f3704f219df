package io.holdfast.server.problem;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.stream.IntStream;

/// Answers for what never reaches a resource: unknown addresses, and failures of the router.
@Singleton
final class RouterProblems {

  void install(@Observes Router router) {
    router.route().failureHandler(RouterProblems::failed);
    IntStream.of(400, 401, 403, 404, 405, 406, 413, 415, 500, 503)
        .forEach(status -> router.errorHandler(status, RouterProblems::failed));
  }

  private static void failed(RoutingContext context) {
    Throwable thrown = context.failure();
    int status = context.statusCode();
    Problem problem =
        thrown == null || (status >= 400 && status < 500)
            ? ExceptionProblems.ofStatus(status, new IllegalStateException("status " + status))
            : ExceptionProblems.of(thrown);
    ProblemResponses.send(problem, context.response());
  }
}
