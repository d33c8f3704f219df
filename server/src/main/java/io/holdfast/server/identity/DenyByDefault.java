package io.holdfast.server.identity;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/// Lets nobody in without a caller, but to what is declared open.
@Singleton
final class DenyByDefault implements HttpSecurityPolicy {
  private final OpenPaths open;

  DenyByDefault(OpenPaths open) {
    this.open = open;
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request,
      Uni<SecurityIdentity> identity,
      AuthorizationRequestContext requestContext) {
    if (open.contain(request)) {
      return CheckResult.permit();
    }
    return identity.map(known -> known.isAnonymous() ? CheckResult.DENY : CheckResult.PERMIT);
  }
}
