package io.holdfast.server.payment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.function.DoubleSupplier;

/// What has come of payments on this node, as metrics.
final class PaymentMetrics {
  private final Counter failures =
      Counter.builder("holdfast.payments.failures")
          .description("rounds and payments that were left to a later one")
          .register(Metrics.globalRegistry);

  /// @param unsettledSeconds how long the oldest waits for an answer
  PaymentMetrics(DoubleSupplier unsettledSeconds) {
    Gauge.builder("holdfast.payments.unsettled.age", unsettledSeconds::getAsDouble)
        .baseUnit("seconds")
        .description("how long the oldest payment or refund waits for its answer")
        .register(Metrics.globalRegistry);
    for (PaymentState state : PaymentState.values()) {
      if (state.isOver() || state == PaymentState.CAPTURED) {
        counter(state.code());
      }
    }
    counter("refunded");
    counter("refund_failed");
  }

  private static Counter counter(String result) {
    return Counter.builder("holdfast.payments")
        .description("payments and refunds that have ended, by how")
        .tag("result", result)
        .register(Metrics.globalRegistry);
  }

  void ended(String result) {
    counter(result).increment();
  }

  void failed() {
    failures.increment();
  }
}
