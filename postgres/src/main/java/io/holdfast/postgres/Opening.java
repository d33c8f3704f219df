package io.holdfast.postgres;

import io.holdfast.postgres.ClusterFault.Code;
import io.holdfast.postgres.binaries.Binaries;
import io.holdfast.postgres.folder.ClusterFolder;
import io.holdfast.postgres.folder.DiskSpace;
import io.holdfast.postgres.folder.PrivateFiles;
import io.holdfast.postgres.process.Adoption;
import io.holdfast.postgres.process.Connector;
import io.holdfast.postgres.process.Programs;
import io.holdfast.postgres.process.Server;
import io.holdfast.postgres.setup.Creation;
import io.holdfast.postgres.setup.Logins;
import io.holdfast.postgres.setup.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.OptionalInt;

/// The steps from a folder to a running server. Each may find itself done by an earlier opening
/// that was killed after it.
final class Opening {
  private final ClusterFolder folder;
  private final ClusterSettings settings;

  Opening(ClusterFolder folder, ClusterSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /// A server, and the port that it listens on.
  record Opened(Server server, int port) {}

  Opened open() throws IOException {
    DiskSpace.check(
        folder.root(),
        folder.hasData() ? DiskSpace.OLD_CLUSTER_BYTES : DiskSpace.NEW_CLUSTER_BYTES);
    Programs programs = Programs.in(folder.root(), Binaries.unpacked(folder.root()));
    folder.makePasswords(new SecureRandom());
    new Creation(folder, programs).makeIfMissing(settings.isThrowaway());
    Server server = new Server(folder, programs);
    OptionalInt adopted = adopt(server);
    if (adopted.isPresent()) {
      provision(adopted.getAsInt());
      return new Opened(server, adopted.getAsInt());
    }
    return new Opened(server, start(server));
  }

  private OptionalInt adopt(Server server) throws IOException {
    String password = folder.password(Login.SUPERUSER);
    return new Adoption(server, port -> Login.SUPERUSER.url(password, port, Login.SUPERUSER.role()))
        .adopt();
  }

  private int start(Server server) throws IOException {
    ServerConfig.write(folder, settings.overrides());
    int port = server.start();
    try {
      provision(port);
      return port;
    } catch (IOException | RuntimeException e) {
      server.stop();
      throw e;
    }
  }

  private void provision(int port) throws IOException {
    if (Files.exists(folder.provisioned())) {
      return;
    }
    String password = folder.password(Login.SUPERUSER);
    String url = Login.SUPERUSER.url(password, port, Login.SUPERUSER.role());
    try (var connection = Connector.connect(url)) {
      Logins.make(connection, folder);
      Logins.makeDatabase(connection, Cluster.DATABASE);
    } catch (SQLException e) {
      throw new ClusterFault(Code.START_FAILED, "the logins could not be made: " + e, e);
    }
    PrivateFiles.write(folder.provisioned(), "");
  }
}
