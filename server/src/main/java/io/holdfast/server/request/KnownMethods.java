package io.holdfast.server.request;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/// A method that nobody knows is refused, and counted as what it is: one of the others. Otherwise
/// each name that somebody invents would be a row of metrics for good.
@Singleton
final class KnownMethods {
  // Behind those who say that an address is not there.
  private static final int PRIORITY = 700;
  private static final List<String> NAMES =
      List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
  private static final String TAG = "method";

  private final Routes routes;

  KnownMethods(Routes routes) {
    this.routes = routes;
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    String method = context.request().method().name();
    String path = context.normalizedPath();
    boolean isKnown =
        Routes.isFrameworks(path) ? Routes.READING.contains(method) : NAMES.contains(method);
    Set<String> allowed = isKnown ? Set.of() : routes.methods(path);
    // Where there is nothing, that is said by whoever looks for it.
    if (allowed.isEmpty()) {
      context.next();
    } else {
      context.response().putHeader("Allow", String.join(", ", allowed));
      ProblemResponses.send(
          Problem.of(ProblemCode.METHOD_NOT_ALLOWED, ProblemCode.METHOD_NOT_ALLOWED.title()),
          context.response());
    }
  }

  @Produces
  @Singleton
  MeterFilter fewMethods() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        String method = id.getName().startsWith("http.server") ? id.getTag(TAG) : null;
        return method == null || NAMES.contains(method)
            ? id
            : id.replaceTags(
                id.getTags().stream()
                    .map(tag -> tag.getKey().equals(TAG) ? Tag.of(TAG, "OTHER") : tag)
                    .toList());
      }
    };
  }
}
