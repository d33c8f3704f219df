package io.holdfast.server.demo;

import io.holdfast.server.identity.OpenRoutes;
import io.holdfast.server.limit.OpenTenants;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.stock.TenantId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/// Where the demonstration is open, its routes need no credential, but must have been asked by a
/// name of this machine: a page that makes its own name point here (DNS rebinding) is sent away.
/// Elsewhere they do not exist.
@Singleton
final class DemoRoutes implements OpenRoutes, OpenTenants {
  private static final int PRIORITY = 800;
  private static final Set<String> OWN =
      Set.of("/", "/buy_ticket", "/inventory", "/reset", "/demo/stream", "/demo/buyers");
  private static final Set<String> WORK = Set.of("/buy_ticket", "/inventory", "/reset");
  private static final Set<String> PAGES = Set.of("/docs", "/openapi");

  private final Demonstration demonstration;

  DemoRoutes(Demonstration demonstration) {
    this.demonstration = demonstration;
  }

  @Override
  public boolean isOpen(String path) {
    return isOwn(path) || (demonstration.isOpen() && isPage(path));
  }

  /// The page's stream and its crowd go on for long and do no work over HTTP.
  @Override
  public Optional<TenantId> tenantOf(String path) {
    return WORK.contains(path) ? demonstration.ticketOffice() : Optional.empty();
  }

  void install(@Observes Filters filters) {
    filters.register(this::guard, PRIORITY);
  }

  private void guard(RoutingContext context) {
    String path = context.normalizedPath();
    if (isOwn(path) && !demonstration.isOpen()) {
      ProblemResponses.send(closed(), context.response());
    } else if (isOpen(path) && !LoopbackName.isOf(context.request().authority())) {
      ProblemResponses.send(
          Problem.of(
              ProblemCode.FOREIGN_BROWSER_REQUEST,
              "the demonstration answers to localhost and 127.0.0.1 only"),
          context.response());
    } else {
      context.next();
    }
  }

  /// What there is to say of the routes where they do not exist.
  static Problem closed() {
    return Problem.of(ProblemCode.NOT_FOUND, "there is no open demonstration on this node");
  }

  private static boolean isOwn(String path) {
    return OWN.contains(path) || path.startsWith("/assets/");
  }

  private static boolean isPage(String path) {
    return PAGES.contains(path) || path.startsWith("/docs/");
  }
}
