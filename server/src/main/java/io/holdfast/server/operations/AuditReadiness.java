package io.holdfast.server.operations;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Tells what audits have come to. A node stays ready whatever was found: another one would serve
/// the same rows.
@Readiness
@Singleton
final class AuditReadiness implements HealthCheck {
  private final AuditMetrics metrics;

  AuditReadiness(AuditMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("audit").up();
    metrics
        .report()
        .ifPresent(
            report ->
                response
                    .withData("last_round_at", report.endedAt().toString())
                    .withData("findings", report.standing().findings())
                    .withData("quarantined_levels", report.standing().quarantined())
                    .withData("schema_differences", report.schema().size()));
    return response.build();
  }
}
