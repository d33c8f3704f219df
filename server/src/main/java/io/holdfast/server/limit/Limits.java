package io.holdfast.server.limit;

import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// The limits of a node.
public record Limits(
    RequestRates rates,
    boolean isLoopbackLimited,
    Optional<TenantTurns> turns,
    LimitMetrics metrics)
    implements AutoCloseable {

  public static Limits open(LimitSettings settings, Jdbi database) {
    LimitMetrics metrics = new LimitMetrics();
    return new Limits(
        RequestRates.open(settings, database, System::nanoTime, metrics),
        settings.isLoopbackLimited(),
        settings.perTenant().map(share -> TenantTurns.open(share, System::nanoTime, metrics)),
        metrics);
  }

  @Override
  public void close() {
    turns.ifPresent(TenantTurns::close);
    rates.close();
  }
}
