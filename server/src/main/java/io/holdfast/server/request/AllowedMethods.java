package io.holdfast.server.request;

import io.holdfast.server.problem.ExceptionProblems;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Says which methods an address knows, to whoever asks for them and to whoever came with another
/// one. The framework names those of all addresses of a resource, or none, or says that there is
/// nothing.
@Singleton
final class AllowedMethods {
  // Behind the check of credentials.
  private static final int PRIORITY = 40;
  private static final int NO_CONTENT = 204;

  private final Routes routes;

  AllowedMethods(Routes routes) {
    this.routes = routes;
  }

  void install(@Observes Filters filters) {
    filters.register(this::tell, PRIORITY);
  }

  private void tell(RoutingContext context) {
    if (!context.request().method().equals(HttpMethod.OPTIONS)) {
      context.next();
      return;
    }
    Set<String> allowed = routes.methods(context.normalizedPath());
    if (allowed.isEmpty()) {
      ProblemResponses.send(
          Problem.of(ProblemCode.NOT_FOUND, ProblemCode.NOT_FOUND.title()), context.response());
    } else {
      context
          .response()
          .setStatusCode(NO_CONTENT)
          .putHeader(HttpHeaders.ALLOW, String.join(", ", allowed))
          .end();
    }
  }

  @ServerExceptionMapper
  Response refuse(NotAllowedException e, UriInfo address) {
    return refused(methods(address));
  }

  @ServerExceptionMapper
  Response refuse(NotFoundException e, UriInfo address, Request request) {
    Set<String> allowed = methods(address);
    return allowed.isEmpty() || allowed.contains(request.getMethod())
        ? ProblemResponses.of(ExceptionProblems.of(e))
        : refused(allowed);
  }

  private Set<String> methods(UriInfo address) {
    return routes.methods(address.getRequestUri().getRawPath());
  }

  private static Response refused(Set<String> allowed) {
    Problem problem =
        Problem.of(ProblemCode.METHOD_NOT_ALLOWED, ProblemCode.METHOD_NOT_ALLOWED.title());
    return Response.fromResponse(ProblemResponses.of(problem))
        .header(HttpHeaders.ALLOW, String.join(", ", allowed))
        .build();
  }
}
