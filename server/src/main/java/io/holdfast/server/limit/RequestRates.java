package io.holdfast.server.limit;

import io.holdfast.server.origin.ClientAddress;
import io.holdfast.stock.TenantId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// How many requests keys, users and addresses may send. A question is answered from this node's
/// memory; what it leases, it leases in the background.
public final class RequestRates implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RequestRates.class);
  private static final int MAX_KNOWN = 50_000;

  private final Map<LimitKind, Allowances> allowances = new EnumMap<>(LimitKind.class);
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService tidying =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("holdfast-limits").factory());

  private RequestRates() {}

  /// @param database with the right to lease
  public static RequestRates open(
      LimitSettings settings, Jdbi database, LongSupplier nanoClock, LimitMetrics metrics) {
    RequestRates rates = of(settings, new RateBuckets(database), nanoClock, metrics);
    var _ = rates.tidying.scheduleWithFixedDelay(rates::tidy, 1, 1, TimeUnit.SECONDS);
    return rates;
  }

  /// Nothing is done until [#tidy] is called.
  static RequestRates of(
      LimitSettings settings, Lessor lessor, LongSupplier nanoClock, LimitMetrics metrics) {
    RequestRates rates = new RequestRates();
    rates.limit(settings, lessor, nanoClock, metrics);
    return rates;
  }

  private void limit(
      LimitSettings settings, Lessor lessor, LongSupplier nanoClock, LimitMetrics metrics) {
    Leasing leasing = new Leasing(lessor, blocking, nanoClock, metrics);
    for (LimitKind kind : LimitKind.values()) {
      rate(settings, kind)
          .ifPresent(
              rate ->
                  allowances.put(
                      kind, new Allowances(kind.label(), rate, MAX_KNOWN, leasing, nanoClock)));
    }
    metrics.known(() -> allowances.values().stream().mapToInt(Allowances::size).sum());
  }

  private static Optional<Rate> rate(LimitSettings settings, LimitKind kind) {
    return switch (kind) {
      case KEY -> settings.perKey();
      case USER -> settings.perUser();
      case ADDRESS -> settings.perAddress();
      case TENANT -> Optional.empty();
    };
  }

  boolean isLimited(LimitKind kind) {
    return allowances.containsKey(kind);
  }

  /// @param name unique among its kind within the tenant
  /// @return 0 if the request may go on, else how long whoever sent it had better wait
  long nanosToWait(LimitKind kind, TenantId tenant, String name) {
    return nanosToWait(kind, new Bucket(tenant.value(), name));
  }

  long nanosToWait(LimitKind kind, ClientAddress address) {
    return nanosToWait(kind, new Bucket(Bucket.NO_TENANT, address.name()));
  }

  private long nanosToWait(LimitKind kind, Bucket bucket) {
    Allowances some = allowances.get(kind);
    return some == null ? 0 : some.takeOrNanosToWait(bucket);
  }

  void tidy() {
    try {
      for (Allowances some : allowances.values()) {
        some.tidy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("What nobody takes from was not looked after", e);
    }
  }

  @Override
  public void close() {
    tidying.shutdownNow();
    blocking.shutdownNow();
  }
}
