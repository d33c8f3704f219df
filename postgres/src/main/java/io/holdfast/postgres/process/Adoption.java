package io.holdfast.postgres.process;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/// Takes over the server that a killed node left running. It counts as ours when its process lives
/// in our data folder and it lets our superuser in.
public final class Adoption {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WRONG_PASSWORD = "28P01";

  private final Server server;
  private final IntFunction<String> superuserUrl;

  /// @param superuserUrl the address of the server, by its port
  public Adoption(Server server, IntFunction<String> superuserUrl) {
    this.server = server;
    this.superuserUrl = superuserUrl;
  }

  /// The port of the running server; empty when there is none, or when it was just on its way down.
  public OptionalInt adopt() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (var running = server.running(); running.isPresent(); running = server.running()) {
      if (answers(running.get())) {
        return OptionalInt.of(running.get().port());
      }
      if (System.nanoTime() > deadline) {
        throw new ClusterFault(
            Code.START_FAILED,
            "PostgreSQL runs as process %d and does not answer; end it and start again"
                .formatted(running.get().pid()));
      }
      Pause.millis(50);
    }
    return OptionalInt.empty();
  }

  private boolean answers(PidFile running) {
    try (var connection = Connector.connect(superuserUrl.apply(running.port()))) {
      return connection.isValid(5);
    } catch (SQLException e) {
      if (WRONG_PASSWORD.equals(e.getSQLState())) {
        throw new ClusterFault(
            Code.START_FAILED,
            "PostgreSQL runs as process %d and does not take the password in its folder"
                .formatted(running.pid()),
            e);
      }
      return false;
    }
  }
}
