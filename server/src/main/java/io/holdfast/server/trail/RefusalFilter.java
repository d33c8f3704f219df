package io.holdfast.server.trail;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.ProblemCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Notes every 403 that a known caller is answered with, whoever answers it: what is looked at is
/// the answer, so that no check of rights can forget to say so.
@Singleton
final class RefusalFilter {
  // Behind whoever names the request.
  private static final int PRIORITY = 2_050;
  private static final int MAX_SUBJECT = 200;

  private final TrailKeeper keeper;

  RefusalFilter(TrailKeeper keeper) {
    this.keeper = keeper;
  }

  void install(@Observes Filters filters) {
    filters.register(this::watch, PRIORITY);
  }

  private void watch(RoutingContext context) {
    RequestOrigin origin = RequestOrigin.ofRequest();
    context.addEndHandler(_ -> note(context, origin));
    context.next();
  }

  private void note(RoutingContext context, RequestOrigin origin) {
    if (context.response().getStatusCode() == ProblemCode.FORBIDDEN.status()
        && context.user() instanceof QuarkusHttpUser user
        && user.getSecurityIdentity().getPrincipal() instanceof Caller caller) {
      keeper.refused(caller.tenant(), caller.actor(), origin, subject(context));
    }
  }

  /// What was asked for, as far as it was said before anybody looked into the body.
  private static Subject subject(RoutingContext context) {
    String path = context.normalizedPath();
    return new Subject(
        "address", path.length() > MAX_SUBJECT ? path.substring(0, MAX_SUBJECT) : path);
  }
}
