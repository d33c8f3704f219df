package io.holdfast.server.identity;

import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/// Who asks, and for which tenant.
public record Caller(TenantId tenant, Actor actor) implements Principal {

  static Caller ofKey(long tenantId, long keyId) {
    return new Caller(new TenantId(tenantId), new Actor("api-key " + keyId));
  }

  /// Of a request that was let in.
  public static Caller of(SecurityContext request) {
    if (request.getUserPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("a route that needs a caller was reached without one");
  }

  @Override
  public String getName() {
    return actor.name();
  }
}
