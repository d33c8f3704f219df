package io.holdfast.server.identity;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Holds a caller to its role, on the resource's method that was matched, before anything looks
/// into the body: whatever the address was spelled like, this is what would be done.
final class OperationRights {
  private final Map<Method, Need> needs = new ConcurrentHashMap<>();

  /// Null lets the request pass.
  @ServerRequestFilter(nonBlocking = true, priority = Priorities.AUTHORIZATION)
  @Nullable Response check(ResourceInfo matched, ContainerRequestContext request) {
    Need need = need(matched.getResourceMethod());
    if (need instanceof Need.Nothing) {
      return null;
    }
    if (!(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)) {
      return ProblemResponses.of(
          Problem.of(ProblemCode.UNAUTHORIZED, ProblemCode.UNAUTHORIZED.title()));
    }
    return refusal(need, caller);
  }

  /// Read off once. What is known already is found without a lock.
  private Need need(Method operation) {
    Need known = needs.get(operation);
    return known == null ? needs.computeIfAbsent(operation, Need::of) : known;
  }

  private static @Nullable Response refusal(Need need, Caller caller) {
    return switch (need) {
      case Need.Nothing() -> null;
      case Need.Permitted(var permission) ->
          caller.may(permission) ? null : ProblemResponses.of(Problem.lacking(permission.code()));
      case Need.Undeclared() ->
          ProblemResponses.of(
              Problem.of(ProblemCode.FORBIDDEN, "it is not said who may do this, so nobody may"));
    };
  }
}
