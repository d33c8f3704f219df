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

/// A method that nobody knows is refused, and counted as what it is: one of the others. Otherwise
/// each name that somebody invents would be a row of metrics for good.
@Singleton
final class KnownMethods {
  private static final int PRIORITY = 1_500;
  private static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");
  private static final List<String> NAMES =
      List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
  private static final String TAG = "method";

  void install(@Observes Filters filters) {
    filters.register(KnownMethods::check, PRIORITY);
  }

  private static void check(RoutingContext context) {
    String method = context.request().method().name();
    if (NAMES.contains(method) && (READING.contains(method) || !isForReading(context))) {
      context.next();
    } else {
      context
          .response()
          .putHeader("Allow", String.join(", ", isForReading(context) ? READING : NAMES));
      ProblemResponses.send(
          Problem.of(ProblemCode.METHOD_NOT_ALLOWED, ProblemCode.METHOD_NOT_ALLOWED.title()),
          context.response());
    }
  }

  /// The framework's own addresses answer to any method.
  private static boolean isForReading(RoutingContext context) {
    String path = String.valueOf(context.request().path());
    return path.startsWith("/health")
        || path.startsWith("/metrics")
        || path.startsWith("/openapi")
        || path.startsWith("/docs");
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
