package io.holdfast.server.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/// What is limited, as metrics. No name of a tenant, a key or an address is a label: there is no
/// end of them.
public final class LimitMetrics implements LeaseObserver {
  private final MeterRegistry registry = Metrics.globalRegistry;
  private final Map<LimitKind, Counter> refused = new EnumMap<>(LimitKind.class);
  private final Counter leased = counter("leases", "buckets for which tokens were leased");
  private final Counter failed = counter("lease.failures", "leases that the database did not give");
  private final Counter waited = counter("waits", "requests that had to wait for a turn");

  public LimitMetrics() {
    for (LimitKind kind : LimitKind.values()) {
      refused.put(
          kind,
          Counter.builder("holdfast.limit.refused")
              .description("requests that were refused by a limit")
              .tag("limit", kind.label())
              .register(registry));
    }
  }

  void refused(LimitKind kind) {
    Objects.requireNonNull(refused.get(kind)).increment();
  }

  void waited() {
    waited.increment();
  }

  @Override
  public void leased(int buckets) {
    leased.increment(buckets);
  }

  @Override
  public void failed() {
    failed.increment();
  }

  void known(IntSupplier count) {
    gauge("known", "keys, users and addresses that this node keeps count of", count);
  }

  void inFlight(IntSupplier count) {
    gauge("in.flight", "requests of tenants that this node works on", count);
  }

  void waiting(IntSupplier count) {
    gauge("waiting", "requests of tenants that wait for a turn", count);
  }

  private void gauge(String name, String description, IntSupplier count) {
    Gauge.builder("holdfast.limit." + name, count, IntSupplier::getAsInt)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private static Counter counter(String name, String description) {
    return Counter.builder("holdfast.limit." + name)
        .description(description)
        .register(Metrics.globalRegistry);
  }
}
