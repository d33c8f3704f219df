package io.holdfast.server.start;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// A database as its owner sees it, for a command that works beside the nodes. One that runs is
/// used as it is, so that a living node is not disturbed; one that does not is started for as long
/// as the work takes.
///
/// @param external the owner's login on an external database; empty: the embedded one in the folder
record OwnersDatabase(Path dataFolder, Optional<DatabaseUrl> external) {

  @FunctionalInterface
  interface Work<T> {
    T on(DatabaseUrl owner) throws SQLException, IOException;
  }

  <T> T with(Work<T> work) throws SQLException, IOException {
    Optional<DatabaseUrl> running = external.isPresent() ? external : running();
    if (running.isPresent()) {
      return work.on(running.get());
    }
    if (!Files.isDirectory(dataFolder)) {
      throw new StartFault(ExitCode.START_FAILED, "there is no data folder " + dataFolder);
    }
    try (Cluster cluster = Cluster.open(dataFolder, ClusterSettings.durable())) {
      return work.on(DatabaseUrl.parse("owner", cluster.ownerUrl()));
    }
  }

  private Optional<DatabaseUrl> running() throws IOException {
    Path file = DatabaseUrlFile.in(dataFolder);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    DatabaseUrl url = DatabaseUrl.parse(file.toString(), Files.readString(file).strip());
    try (Connection _ = Database.connect(url)) {
      return Optional.of(url);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }
}
