package io.holdfast.server.trail;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.ProblemCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Tells the log of everybody who is turned away at the door. As with [RefusalFilter], what is
/// looked at is the answer, so that no check can forget to say so. It is the log and not the trail:
/// whoever is turned away is no actor of any tenant, and a flood of them must not be kept for good.
@Singleton
final class SecurityEvents {
  // Behind whoever names the request, in front of everybody who refuses.
  private static final int PRIORITY = 2_040;

  private static final Set<String> TOLD =
      EnumSet.of(
              ProblemCode.UNAUTHORIZED,
              ProblemCode.WRONG_CREDENTIALS,
              ProblemCode.WRONG_PASSWORD,
              ProblemCode.TOKEN_REFUSED,
              ProblemCode.TOO_MANY_ATTEMPTS,
              ProblemCode.SIGNATURE_REFUSED,
              ProblemCode.REQUEST_REPLAYED,
              ProblemCode.RATE_LIMITED,
              ProblemCode.FOREIGN_BROWSER_REQUEST)
          .stream()
          .map(ProblemCode::code)
          .collect(Collectors.toUnmodifiableSet());

  private final SecurityLog log =
      new SecurityLog(System::nanoTime, Logger.getLogger(SecurityLog.class)::warn);

  void install(@Observes Filters filters) {
    filters.register(this::watch, PRIORITY);
  }

  private void watch(RoutingContext context) {
    RequestOrigin origin = RequestOrigin.ofRequest();
    context.addEndHandler(_ -> note(context, origin));
    context.next();
  }

  private void note(RoutingContext context, RequestOrigin origin) {
    origin
        .problem()
        .filter(code -> TOLD.contains(code) && !isOnlyAsked(code, context))
        .ifPresent(
            code ->
                log.tell(
                    new SecurityLog.Event(code, who(context, origin), origin.address()),
                    origin.id()));
  }

  /// A browser that follows a link shows no credential, and tries none.
  private static boolean isOnlyAsked(String code, RoutingContext context) {
    return code.equals(ProblemCode.UNAUTHORIZED.code())
        && !context.request().headers().contains("Authorization");
  }

  private static String who(RoutingContext context, RequestOrigin origin) {
    return context.user() instanceof QuarkusHttpUser user
            && user.getSecurityIdentity().getPrincipal() instanceof Caller caller
        ? "%s of tenant %d".formatted(caller.actor().name(), caller.tenant().value())
        : origin.account().orElse("nobody");
  }
}
