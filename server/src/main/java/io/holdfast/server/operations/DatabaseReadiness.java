package io.holdfast.server.operations;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// A node is ready when its database answers. It is alive without: restarting it would not help.
@Readiness
@Singleton
final class DatabaseReadiness implements HealthCheck {
  static final String DATABASE_ANSWERS =
      """
      SELECT 1
      """;

  private final Jdbi database;

  DatabaseReadiness(Jdbi database) {
    this.database = database;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      database.useHandle(handle -> handle.createQuery(DATABASE_ANSWERS).mapTo(Long.class).one());
      return HealthCheckResponse.up("database");
    } catch (JdbiException e) {
      return HealthCheckResponse.down("database");
    }
  }
}
