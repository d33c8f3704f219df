package io.holdfast.server.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// What this node sends, and what it can't, as metrics.
final class WebhookMetrics {
  private final Timer delivered = attempts("delivered");
  private final Timer failed = attempts("failed");
  private final Counter dead =
      Counter.builder("holdfast.webhook.dead.letters")
          .description("events that this node has given up to send to a webhook")
          .register(Metrics.globalRegistry);
  private final Counter failures =
      Counter.builder("holdfast.webhook.failures")
          .description("rounds and batches of webhooks that were left to a later one")
          .register(Metrics.globalRegistry);

  /// @param couriers how many webhooks are being sent something
  WebhookMetrics(IntSupplier couriers) {
    Gauge.builder("holdfast.webhook.couriers", couriers::getAsInt)
        .description("webhooks that this node is sending something to")
        .register(Metrics.globalRegistry);
  }

  private static Timer attempts(String result) {
    return Timer.builder("holdfast.webhook.attempts")
        .description("attempts of this node to send an event to a webhook")
        .tag("result", result)
        .register(Metrics.globalRegistry);
  }

  void attempted(Outcome outcome, long nanos) {
    (outcome instanceof Outcome.Taken ? delivered : failed).record(nanos, TimeUnit.NANOSECONDS);
  }

  void dead(int count) {
    dead.increment(count);
  }

  void failed() {
    failures.increment();
  }
}
