package io.holdfast.server.housekeeping;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// What this node has taken away, as metrics.
final class HousekeepingMetrics {
  private final Map<Kind, Counter> forgotten = new EnumMap<>(Kind.class);
  private final Counter failures =
      Counter.builder("holdfast.housekeeping.failures")
          .description("what could not be taken away and was left to the next round")
          .register(Metrics.globalRegistry);

  HousekeepingMetrics() {
    for (Kind kind : Kind.values()) {
      forgotten.put(
          kind,
          Counter.builder("holdfast.housekeeping.rows")
              .description("rows that were over and that this node has taken away")
              .tag("table", kind.table())
              .register(Metrics.globalRegistry));
    }
  }

  void forgot(Kind kind, long rows) {
    Objects.requireNonNull(forgotten.get(kind)).increment((double) rows);
  }

  void failed() {
    failures.increment();
  }
}
