package io.holdfast.postgres.folder;

import io.holdfast.postgres.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalInt;

/// What lies where in a cluster's folder:
///
///     data/               PostgreSQL's own, complete as soon as it exists
///     server.log          what the server said, and server.log.1 before that
///     *.password          one per login
///     port                where it listened last
///     provisioned         there once the logins and the database exist
///     throwaway           there if the cluster may be deleted
public record ClusterFolder(Path root) {
  private static final int PASSWORD_BYTES = 24;

  public Path data() {
    return root.resolve("data");
  }

  public Path log() {
    return root.resolve("server.log");
  }

  public Path provisioned() {
    return root.resolve("provisioned");
  }

  public Path throwaway() {
    return root.resolve("throwaway");
  }

  public Path passwordFile(Login login) {
    return root.resolve(login.role() + ".password");
  }

  public boolean hasData() {
    return Files.exists(data().resolve("PG_VERSION"));
  }

  public String password(Login login) throws IOException {
    return Files.readString(passwordFile(login)).strip();
  }

  /// Makes the passwords that do not exist yet; one that was made is never changed.
  public void makePasswords(SecureRandom random) throws IOException {
    for (Login login : Login.values()) {
      if (!Files.exists(passwordFile(login))) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        PrivateFiles.write(passwordFile(login), HexFormat.of().formatHex(bytes) + "\n");
      }
    }
  }

  public OptionalInt lastPort() {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(portFile()).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  public void rememberPort(int port) throws IOException {
    PrivateFiles.write(portFile(), port + "\n");
  }

  private Path portFile() {
    return root.resolve("port");
  }
}
