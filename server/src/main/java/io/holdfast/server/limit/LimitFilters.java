package io.holdfast.server.limit;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.Subject;
import io.holdfast.server.origin.ClientAddress;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.stock.TenantId;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Holds requests to the limits: an address's before its credential is looked at, so that guessing
/// is limited, too; a caller's and a tenant's behind that, before anybody reads the body.
@Singleton
final class LimitFilters {
  // Before pages, methods and credentials are looked at, behind the headers of every answer.
  private static final int ADDRESS_PRIORITY = 980;
  // Behind the check of credentials, before rights and the body.
  private static final int CALLER_PRIORITY = 85;
  private static final int TENANT_PRIORITY = 80;

  private final Limits limits;
  private final List<OpenTenants> open;

  LimitFilters(Limits limits, @All List<OpenTenants> open) {
    this.limits = limits;
    this.open = open;
  }

  void install(@Observes Filters filters) {
    if (limits.rates().isLimited(LimitKind.ADDRESS)) {
      filters.register(this::checkAddress, ADDRESS_PRIORITY);
    }
    if (limits.rates().isLimited(LimitKind.KEY) || limits.rates().isLimited(LimitKind.USER)) {
      filters.register(this::checkCaller, CALLER_PRIORITY);
    }
    limits
        .turns()
        .ifPresent(turns -> filters.register(context -> takeTurn(context, turns), TENANT_PRIORITY));
  }

  private void checkAddress(RoutingContext context) {
    ClientAddress address = ClientAddress.of(RequestOrigin.ofRequest().address());
    if (address.isLoopback() && !limits.isLoopbackLimited()) {
      context.next();
    } else {
      goOn(context, LimitKind.ADDRESS, limits.rates().nanosToWait(LimitKind.ADDRESS, address));
    }
  }

  private void checkCaller(RoutingContext context) {
    Caller caller = caller(context);
    if (caller == null) {
      context.next();
    } else {
      LimitKind kind =
          switch (caller.subject()) {
            case Subject.Key _, Subject.Machine _ -> LimitKind.KEY;
            case Subject.User _ -> LimitKind.USER;
          };
      String name = caller.actor().name();
      goOn(context, kind, limits.rates().nanosToWait(kind, caller.tenant(), name));
    }
  }

  private void goOn(RoutingContext context, LimitKind kind, long nanosToWait) {
    if (nanosToWait == 0) {
      context.next();
    } else {
      limits.metrics().refused(kind);
      long seconds = Math.ceilDiv(nanosToWait, TimeUnit.SECONDS.toNanos(1));
      ProblemResponses.send(
          Problem.of(
                  ProblemCode.RATE_LIMITED,
                  "this " + kind.label() + " asks more often than it may; nothing took effect")
              .retryAfter(Math.toIntExact(seconds)),
          context.response());
    }
  }

  private void takeTurn(RoutingContext context, TenantTurns turns) {
    Caller caller = caller(context);
    Optional<TenantId> tenant =
        caller == null ? ofOpenRoute(context) : Optional.of(caller.tenant());
    if (tenant.isEmpty()) {
      context.next();
    } else if (!context.response().closed()) {
      // Whoever went away while the credential was looked at would never be told of as ended.
      RequestTurn turn = new RequestTurn(context, limits.metrics());
      context.addEndHandler(_ -> turns.end(tenant.get(), turn));
      LongAnswers.mayBegin(() -> turns.end(tenant.get(), turn));
      turns.enter(tenant.get(), turn);
      turn.entered();
    }
  }

  private Optional<TenantId> ofOpenRoute(RoutingContext context) {
    String path = context.normalizedPath();
    return open.stream().flatMap(routes -> routes.tenantOf(path).stream()).findFirst();
  }

  private static @Nullable Caller caller(RoutingContext context) {
    return context.user() instanceof QuarkusHttpUser user
            && user.getSecurityIdentity().getPrincipal() instanceof Caller caller
        ? caller
        : null;
  }
}
