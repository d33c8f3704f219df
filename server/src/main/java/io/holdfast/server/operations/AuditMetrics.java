package io.holdfast.server.operations;

import io.holdfast.stock.AuditObserver;
import io.holdfast.stock.AuditStanding;
import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What the auditor of this node does and what audits have come to, as metrics. The latter is read
/// from the database after each round, so every node that audits shows the same.
public final class AuditMetrics implements AuditObserver {
  private static final Logger LOG = Logger.getLogger(AuditMetrics.class);

  private final MeterRegistry registry = Metrics.globalRegistry;
  private final InstantSource clock;
  private final Counter tenants = counter("tenants.audited", "tenants that this node audited");
  private final Counter levels = counter("levels.audited", "levels that this node audited");
  private final Counter checkpoints = counter("checkpoints", "checkpoints that this node made");
  private final Counter failures = counter("failures", "what could not be looked at in a round");
  private volatile @Nullable Report report;

  /// What was known at the end of a round.
  ///
  /// @param endedAt by this node's clock
  public record Report(Instant endedAt, List<Difference> schema, AuditStanding standing) {}

  /// @param clock of this node
  public AuditMetrics(InstantSource clock) {
    this.clock = clock;
    gauge("round.ended", "seconds", "when this node's last round ended", AuditMetrics::endedAt);
    gauge(
        "oldest",
        "seconds",
        "when the tenant was audited whose last audit is the longest ago",
        AuditMetrics::oldest);
    gauge("levels", null, "levels of all tenants", at -> (double) at.standing.levels());
    gauge("findings", null, "findings that nobody knows of", at -> (double) at.standing.findings());
    gauge(
        "quarantined",
        null,
        "levels that are quarantined",
        at -> (double) at.standing.quarantined());
    gauge("schema", null, "differences of the schema", at -> at.schema.size());
  }

  /// Empty before the first round has ended.
  public Optional<Report> report() {
    return Optional.ofNullable(report);
  }

  @Override
  public void tenantAudited(TenantId tenant, long audited, boolean isFull, Duration took) {
    tenants.increment();
    levels.increment((double) audited);
    LOG.debugf("Audited tenant %d: %d levels in %s", tenant.value(), audited, took);
  }

  @Override
  public void roundEnded(List<Difference> schema, AuditStanding standing) {
    Report last = report;
    report = new Report(clock.instant(), List.copyOf(schema), standing);
    boolean isNews = last == null || !last.schema.equals(schema);
    if (isNews) {
      schema.forEach(difference -> LOG.error("The schema is not what it was: " + difference));
    }
    LOG.debugf("Audits have come to %s", standing);
  }

  @Override
  public void stated(Checkpoint checkpoint) {
    checkpoints.increment();
  }

  @Override
  public void failed(Exception why) {
    failures.increment();
  }

  private static double endedAt(Report at) {
    return at.endedAt.toEpochMilli() / 1e3;
  }

  private static double oldest(Report at) {
    return at.standing
        .oldestAuditAt()
        .map(oldest -> oldest.toEpochMilli() / 1e3)
        .orElse(Double.NaN);
  }

  private void gauge(
      String name, @Nullable String unit, String description, ToDoubleFunction<Report> value) {
    Gauge.builder("holdfast.audit." + name, this, it -> it.reported(value))
        .baseUnit(unit)
        .description(description)
        .register(registry);
  }

  private double reported(ToDoubleFunction<Report> value) {
    Report at = report;
    return at == null ? Double.NaN : value.applyAsDouble(at);
  }

  private static Counter counter(String name, String description) {
    return Counter.builder("holdfast.audit." + name)
        .description(description)
        .register(Metrics.globalRegistry);
  }
}
