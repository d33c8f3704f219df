package io.holdfast.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// What a node is started with whose tenants have providers.
final class OidcFiles {
  static final String TOYS = "oidc-toys";
  static final String SWEETS = "oidc-sweets";

  private OidcFiles() {}

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static Path secret(String text) throws IOException {
    Path file = DataFolder.fresh().resolve("oidc");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }

  static String[] serve(int port, Path folder, Path file) throws IOException {
    return new String[] {
      "serve",
      "--no-demo",
      "--port",
      Integer.toString(port),
      "--audit-interval-seconds",
      "0",
      "--data-dir",
      folder.toString(),
      "--db-url",
      DataFolder.databaseUrl(TestNode.shared().folder()),
      "--tenant",
      TOYS,
      "--tenant",
      SWEETS,
      "--public-url",
      "http://127.0.0.1:" + port,
      "--oidc",
      file.toString()
    };
  }

  /// Of one tenant's provider.
  static String section(String tenant, String name, TestProvider provider, String newcomers) {
    return """
    [%s]
    name = %s
    issuer = %s
    client-id = %s
    client-secret = %s
    %s
    """
        .formatted(
            tenant, name, provider.issuer(), TestProvider.CLIENT, TestProvider.SECRET, newcomers);
  }
}
