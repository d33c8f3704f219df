package io.holdfast.server.operations;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// A node whose usual control has its locks in Redis sells nothing without it. If only some tenants
/// have that control, the node is ready for the others, and only says so.
@Readiness
@Singleton
final class LockServerReadiness implements HealthCheck {
  private final LockServer lockServer;

  LockServerReadiness(LockServer lockServer) {
    this.lockServer = lockServer;
  }

  @Override
  public HealthCheckResponse call() {
    return switch (lockServer.need()) {
      case OF_NOBODY -> HealthCheckResponse.named("redis").up().withData("needed", false).build();
      case OF_SOME_TENANTS ->
          HealthCheckResponse.named("redis").up().withData("reachable", isReachable()).build();
      case OF_ALL -> HealthCheckResponse.named("redis").status(isReachable()).build();
    };
  }

  private boolean isReachable() {
    return lockServer.isReachable().getAsBoolean();
  }
}
