package io.holdfast.server.operations;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  private static final long MAX_WAIT_MILLIS = 1_000;

  private final Jdbi database;

  DatabaseReadiness(Jdbi database) {
    this.database = database;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("database").status(answersInTime()).build();
  }

  /// Whoever asks has a limit of their own, mostly a second or two.
  private boolean answersInTime() {
    return CompletableFuture.supplyAsync(this::answers, Thread::startVirtualThread)
        .completeOnTimeout(false, MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }

  private boolean answers() {
    try {
      database.useHandle(handle -> handle.createQuery(DATABASE_ANSWERS).mapTo(Long.class).one());
      return true;
    } catch (JdbiException e) {
      return false;
    }
  }
}
