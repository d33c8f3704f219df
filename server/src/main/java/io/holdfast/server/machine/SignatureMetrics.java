package io.holdfast.server.machine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// How many signed requests were let in, and why others were not.
@Singleton
final class SignatureMetrics {
  private final Counter letIn =
      Counter.builder("holdfast.signed.requests.let.in")
          .description("signed requests that were let in")
          .register(Metrics.globalRegistry);
  private final Map<RefusedFor, Counter> refused = new EnumMap<>(RefusedFor.class);

  SignatureMetrics() {
    for (RefusedFor reason : RefusedFor.values()) {
      refused.put(
          reason,
          Counter.builder("holdfast.signed.requests.refused")
              .tag("for", reason.code())
              .description("signed requests that were not let in")
              .register(Metrics.globalRegistry));
    }
  }

  void letIn() {
    letIn.increment();
  }

  void refused(RefusedFor reason) {
    Objects.requireNonNull(refused.get(reason)).increment();
  }
}
