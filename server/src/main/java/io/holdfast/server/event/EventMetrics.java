package io.holdfast.server.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What this node publishes, what waits for it, and who listens, as metrics.
final class EventMetrics {
  private final InstantSource clock;
  private final Counter published =
      Counter.builder("holdfast.events.published")
          .description("events that this node has given a position")
          .register(Metrics.globalRegistry);
  private final Counter failures =
      Counter.builder("holdfast.events.failures")
          .description("rounds of publishing that were left to the next one")
          .register(Metrics.globalRegistry);
  private volatile @Nullable Instant unpublishedSince;

  EventMetrics(InstantSource clock, Arrivals arrivals) {
    this.clock = clock;
    Gauge.builder("holdfast.events.unpublished.age", this, EventMetrics::age)
        .baseUnit("seconds")
        .description("how long the oldest event without a position waits for it, over all nodes")
        .register(Metrics.globalRegistry);
    Gauge.builder("holdfast.event.streams", arrivals, Arrivals::streams)
        .description("streams of events that are open")
        .register(Metrics.globalRegistry);
  }

  void published(long events) {
    published.increment((double) events);
  }

  void failed() {
    failures.increment();
  }

  void unpublishedSince(Optional<Instant> since) {
    unpublishedSince = since.orElse(null);
  }

  private double age() {
    Instant since = unpublishedSince;
    return since == null
        ? 0
        : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1e3);
  }
}
