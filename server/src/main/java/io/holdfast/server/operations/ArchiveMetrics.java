package io.holdfast.server.operations;

import io.holdfast.stock.ArchiveObserver;
import io.holdfast.stock.RetentionView.Archived;
import io.holdfast.stock.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import org.jboss.logging.Logger;

/// What the archiver of this node does, as metrics.
public final class ArchiveMetrics implements ArchiveObserver {
  private static final Logger LOG = Logger.getLogger(ArchiveMetrics.class);

  private final Counter keys = rows("keys");
  private final Counter reservations = rows("reservations");
  private final Counter movements = rows("movements");
  private final Counter failures =
      Counter.builder("holdfast.archive.failures")
          .description("what could not be moved and was left to the next round")
          .register(Metrics.globalRegistry);

  @Override
  public void tenantArchived(TenantId tenant, Archived archived, Duration took) {
    keys.increment((double) archived.keys());
    reservations.increment((double) archived.reservations());
    movements.increment((double) archived.movements());
    LOG.debugf("Archived of tenant %d: %s in %s", tenant.value(), archived, took);
  }

  @Override
  public void failed(Exception why) {
    failures.increment();
  }

  private static Counter rows(String table) {
    return Counter.builder("holdfast.archive.rows")
        .tag("table", table)
        .description("rows that this node has moved into the archive")
        .register(Metrics.globalRegistry);
  }
}
