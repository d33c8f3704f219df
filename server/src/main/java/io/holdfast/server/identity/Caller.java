package io.holdfast.server.identity;

import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Customer;
import io.holdfast.stock.TenantId;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;

/// Who asks, for which tenant, and what it may do there.
///
/// @param actor the subject's, made once
public record Caller(TenantId tenant, Subject subject, Actor actor, Set<Permission> permissions)
    implements Principal {

  public Caller {
    permissions = Set.copyOf(permissions);
  }

  static Caller in(TenantId tenant, Subject subject, Set<Permission> permissions) {
    return new Caller(tenant, subject, subject.actor(), permissions);
  }

  /// Of a machine that signs its requests.
  ///
  /// @param permissions that its role gives
  public static Caller ofMachine(TenantId tenant, String keyId, Set<Permission> permissions) {
    return in(tenant, new Subject.Machine(keyId), permissions);
  }

  /// Of a request that was let in.
  public static Caller of(SecurityContext request) {
    if (request.getUserPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("a route that needs a caller was reached without one");
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  /// Ends the request unless the caller may do an operation.
  ///
  /// @param place where in the request it is asked for
  public void requireMay(String operationId, String place) {
    if (Rights.ofOwn(operationId).filter(this::may).isEmpty()) {
      requireAll(Set.of(Rights.ofOperation(operationId).orElseThrow()), place);
    }
  }

  /// As whom the caller reserves and buys for itself.
  public Customer customer() {
    return subject.customer();
  }

  /// Ends the request unless the caller has all of them: nobody hands on more than they have.
  ///
  /// @param place where in the request they are asked for
  public void requireAll(Set<Permission> needed, String place) {
    for (Permission permission : Permission.values()) {
      if (needed.contains(permission) && !may(permission)) {
        RequestOrigin.current().ifPresent(origin -> origin.lacks(permission.code()));
        throw new ProblemException(Problem.lacking(permission.code()).at(place));
      }
    }
  }

  @Override
  public String getName() {
    return actor.name();
  }
}
