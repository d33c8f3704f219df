package io.holdfast.server.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// How many orders were placed, and how many went on.
@Singleton
final class OrderMetrics {
  private final Counter placed;
  private final Map<OrderStep, Counter> steps = new EnumMap<>(OrderStep.class);

  OrderMetrics(MeterRegistry registry) {
    placed = counter(registry, "place");
    for (OrderStep step : OrderStep.values()) {
      steps.put(step, counter(registry, step.code()));
    }
  }

  private static Counter counter(MeterRegistry registry, String step) {
    return Counter.builder("holdfast.order.steps")
        .description("steps that were done with orders")
        .tag("step", step)
        .register(registry);
  }

  void placed() {
    placed.increment();
  }

  void stepped(OrderStep step) {
    Objects.requireNonNull(steps.get(step)).increment();
  }
}
