package io.holdfast.server.limit;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.server.request.SameContext;
import io.vertx.ext.web.RoutingContext;

/// The turn of a request, which goes on and is answered in its own context. While it waits, its
/// body stays where it is.
final class RequestTurn extends Turn {
  private final RoutingContext context;
  private final LimitMetrics metrics;
  private final SameContext own = new SameContext();

  RequestTurn(RoutingContext context, LimitMetrics metrics) {
    this.context = context;
    this.metrics = metrics;
  }

  /// Counts the wait, if there is one.
  void entered() {
    if (isWaiting()) {
      metrics.waited();
    }
  }

  @Override
  void work() {
    own.execute(context::next);
  }

  @Override
  void refuse() {
    metrics.refused(LimitKind.TENANT);
    own.execute(
        () ->
            ProblemResponses.send(
                Problem.of(
                    ProblemCode.TOO_MANY_AT_ONCE,
                    "too many of the tenant's requests are under way; nothing took effect"),
                context.response()));
  }
}
