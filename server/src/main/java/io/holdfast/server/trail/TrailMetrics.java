package io.holdfast.server.trail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What this node does for the trail, and what of it waits, as metrics.
public final class TrailMetrics {
  private final InstantSource clock;
  private final Map<Entry.Outcome, Counter> entries = new EnumMap<>(Entry.Outcome.class);
  private final Counter dropped =
      counter("refusals.dropped", "refusals that could not be kept to be written");
  private final Counter failures =
      counter("failures", "rounds of writing and sealing that were left to the next one");
  private volatile @Nullable Instant unsealedSince;

  /// @param clock of this node
  public TrailMetrics(InstantSource clock) {
    this.clock = clock;
    for (Entry.Outcome outcome : Entry.Outcome.values()) {
      entries.put(
          outcome,
          Counter.builder("holdfast.trail.entries")
              .tag("outcome", outcome.code())
              .description("entries that this node has written")
              .register(Metrics.globalRegistry));
    }
    Gauge.builder("holdfast.trail.unsealed.age", this, TrailMetrics::age)
        .baseUnit("seconds")
        .description("how long the oldest entry without a seal waits for it, over all nodes")
        .register(Metrics.globalRegistry);
  }

  void written(Entry.Outcome outcome, int count) {
    Objects.requireNonNull(entries.get(outcome)).increment(count);
  }

  void dropped(long count) {
    dropped.increment((double) count);
  }

  void failed() {
    failures.increment();
  }

  void unsealedSince(Optional<Instant> since) {
    unsealedSince = since.orElse(null);
  }

  private double age() {
    Instant since = unsealedSince;
    return since == null
        ? 0
        : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1e3);
  }

  private static Counter counter(String name, String description) {
    return Counter.builder("holdfast.trail." + name)
        .description(description)
        .register(Metrics.globalRegistry);
  }
}
