package io.holdfast.server.identity;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/// Who asks, for which tenant, and as what.
public record Caller(TenantId tenant, Actor actor, Role role) implements Principal {

  static Caller ofKey(long tenantId, long keyId, String role) {
    return new Caller(new TenantId(tenantId), new Actor("api-key " + keyId), Role.ofCode(role));
  }

  /// Of a request that was let in.
  public static Caller of(SecurityContext request) {
    if (request.getUserPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("a route that needs a caller was reached without one");
  }

  public boolean may(Permission permission) {
    return permission.isOf(role);
  }

  /// Ends the request unless the caller may do an operation.
  ///
  /// @param place where in the request it is asked for
  public void requireMay(String operationId, String place) {
    Permission needed = Rights.ofOperation(operationId).orElseThrow();
    if (!may(needed)) {
      throw new ProblemException(Problem.lacking(needed.code()).at(place));
    }
  }

  @Override
  public String getName() {
    return actor.name();
  }
}
