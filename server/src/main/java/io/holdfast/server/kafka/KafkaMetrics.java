package io.holdfast.server.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.concurrent.atomic.AtomicLong;

/// What this node sends to Kafka, and what waits for it, as metrics.
final class KafkaMetrics {
  private final AtomicLong behind = new AtomicLong();
  private final Counter sent =
      Counter.builder("holdfast.kafka.events")
          .description("events that this node has sent to Kafka")
          .register(Metrics.globalRegistry);
  private final Counter failures =
      Counter.builder("holdfast.kafka.failures")
          .description("rounds of sending to Kafka that were left to the next one")
          .register(Metrics.globalRegistry);

  KafkaMetrics() {
    Gauge.builder("holdfast.kafka.behind", behind, AtomicLong::doubleValue)
        .description("events that Kafka has not yet, told by the node that sends to it")
        .register(Metrics.globalRegistry);
  }

  void behind(long events) {
    behind.set(events);
  }

  void sent(int events) {
    sent.increment(events);
  }

  void failed() {
    failures.increment();
  }
}
