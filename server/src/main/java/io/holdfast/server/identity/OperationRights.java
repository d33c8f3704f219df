package io.holdfast.server.identity;

import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Holds a caller to its role, on the resource's method that was matched, before anything looks
/// into the body: whatever the address was spelled like, this is what would be done.
final class OperationRights {
  private final Map<Method, Matched> known = new ConcurrentHashMap<>();

  /// A resource's method.
  ///
  /// @param operation its name in the description of the API
  private record Matched(String operation, Need need) {
    static Matched of(Method method) {
      String operation =
          Optional.ofNullable(method.getAnnotation(Operation.class))
              .map(Operation::operationId)
              .filter(id -> !id.isEmpty())
              .orElseGet(method::getName);
      return new Matched(operation, Need.of(method));
    }
  }

  /// Null lets the request pass.
  @ServerRequestFilter(nonBlocking = true, priority = Priorities.AUTHORIZATION)
  @Nullable Response check(ResourceInfo matched, ContainerRequestContext request) {
    Matched asked = matched(matched.getResourceMethod());
    RequestOrigin origin = RequestOrigin.ofRequest();
    origin.asksFor(asked.operation);
    if (asked.need instanceof Need.Nothing) {
      return null;
    }
    if (!(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)) {
      return ProblemResponses.of(
          Problem.of(ProblemCode.UNAUTHORIZED, ProblemCode.UNAUTHORIZED.title()));
    }
    return refusal(asked.need, caller, origin);
  }

  /// Read off once. What is known already is found without a lock.
  private Matched matched(Method operation) {
    Matched found = known.get(operation);
    return found == null ? known.computeIfAbsent(operation, Matched::of) : found;
  }

  private static @Nullable Response refusal(Need need, Caller caller, RequestOrigin origin) {
    return switch (need) {
      case Need.Nothing() -> null;
      case Need.Permitted permitted ->
          permitted.isMetBy(caller) ? null : lacking(permitted.permission(), origin);
      case Need.Undeclared() ->
          ProblemResponses.of(
              Problem.of(ProblemCode.FORBIDDEN, "it is not said who may do this, so nobody may"));
    };
  }

  private static Response lacking(Permission permission, RequestOrigin origin) {
    origin.lacks(permission.code());
    return ProblemResponses.of(Problem.lacking(permission.code()));
  }
}
