package io.holdfast.server.identity;

import io.quarkus.arc.All;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/// Lets nobody in without a caller, but to what is declared open.
@Singleton
final class DenyByDefault implements HttpSecurityPolicy {
  private final List<OpenRoutes> open;

  DenyByDefault(@All List<OpenRoutes> open) {
    this.open = open;
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request,
      Uni<SecurityIdentity> identity,
      AuthorizationRequestContext requestContext) {
    String path = request.normalizedPath();
    if (open.stream().anyMatch(routes -> routes.isOpen(path))) {
      return CheckResult.permit();
    }
    return identity.map(known -> known.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT);
  }
}
