package io.holdfast.server.identity;

import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Holds a caller to its role where no resource answers.
@Singleton
final class AddressRights {
  // Behind the check of credentials, and before whoever tells methods.
  private static final int PRIORITY = 60;

  void install(@Observes Filters filters) {
    filters.register(AddressRights::check, PRIORITY);
  }

  private static void check(RoutingContext context) {
    Optional<Permission> lacking =
        Rights.ofAddress(context.normalizedPath()).filter(needed -> !may(context, needed));
    if (lacking.isPresent()) {
      RequestOrigin origin = RequestOrigin.ofRequest();
      // It has no name of its own, and what is below it any number of them.
      origin.asksFor(lacking.get().code());
      origin.lacks(lacking.get().code());
      ProblemResponses.send(Problem.lacking(lacking.get().code()), context.response());
    } else {
      context.next();
    }
  }

  private static boolean may(RoutingContext context, Permission needed) {
    return context.user() instanceof QuarkusHttpUser user
        && user.getSecurityIdentity().getPrincipal() instanceof Caller caller
        && caller.may(needed);
  }
}
