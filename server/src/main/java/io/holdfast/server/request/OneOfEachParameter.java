package io.holdfast.server.request;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Refuses an address that says a parameter twice. A resource would take the first, and whoever
/// looked at the address before it, a proxy or a guard, perhaps the last.
@Singleton
final class OneOfEachParameter {
  // Behind the check of credentials, in front of all resources.
  private static final int PRIORITY = 45;

  void install(@Observes Filters filters) {
    filters.register(OneOfEachParameter::check, PRIORITY);
  }

  private static void check(RoutingContext context) {
    if (context.request().query() == null) {
      context.next();
      return;
    }
    MultiMap parameters = context.queryParams();
    for (String name : parameters.names()) {
      if (parameters.getAll(name).size() > 1) {
        ProblemResponses.send(
            Problem.invalid(new InvalidMember(name, "must be there once")), context.response());
        return;
      }
    }
    context.next();
  }
}
