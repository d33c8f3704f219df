package io.holdfast.server.request;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Every address has one spelling. Resources would overlook a `;` with what follows, a slash at the
/// end and a doubled one; whoever guards an address by its name would not, and be passed by.
@Singleton
final class OneSpelling {
  private static final int PRIORITY = 1_400;
  private static final String DOCS = "/docs/";

  void install(@Observes Filters filters) {
    filters.register(OneSpelling::check, PRIORITY);
  }

  private static void check(RoutingContext context) {
    String path = context.request().path();
    if (path != null && isTheOne(path)) {
      context.next();
    } else {
      ProblemResponses.send(
          Problem.of(ProblemCode.NOT_FOUND, ProblemCode.NOT_FOUND.title()), context.response());
    }
  }

  private static boolean isTheOne(String path) {
    boolean endsWell = !path.endsWith("/") || path.equals("/") || path.equals(DOCS);
    return endsWell && path.indexOf(';') < 0 && !path.contains("//");
  }
}
