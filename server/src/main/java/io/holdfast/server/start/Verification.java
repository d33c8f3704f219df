package io.holdfast.server.start;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.server.identity.Tenants;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Checks the schema, the engine's part and the server's, and then tenant after tenant. A database
/// that runs is used as it is, so that a living node is not disturbed; one that does not is started
/// for as long as this takes.
final class Verification {
  private static final String DESCRIPTION = "schema.txt";

  private final Path dataFolder;
  private final Optional<DatabaseUrl> external;
  private final PrintWriter out;

  Verification(Path dataFolder, Optional<DatabaseUrl> external, PrintWriter out) {
    this.dataFolder = dataFolder;
    this.external = external;
    this.out = out;
  }

  ExitCode run() throws SQLException, IOException {
    Optional<DatabaseUrl> running = external.isPresent() ? external : running();
    if (running.isPresent()) {
      return verify(running.get());
    }
    if (!Files.isDirectory(dataFolder)) {
      throw new StartFault(ExitCode.START_FAILED, "there is no data folder " + dataFolder);
    }
    try (Cluster cluster = Cluster.open(dataFolder, ClusterSettings.durable())) {
      return verify(DatabaseUrl.parse("owner", cluster.ownerUrl()));
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

  private ExitCode verify(DatabaseUrl url) throws SQLException {
    try (Connection connection = Database.connect(url)) {
      StockVerifier verifier = StockVerifier.create();
      List<Difference> differences = new ArrayList<>(verifier.verifySchema(connection));
      differences.addAll(verifier.verifySchema(connection, description()));
      List<TenantId> tenants = Jdbi.create(() -> Database.connect(url)).withHandle(Tenants::all);
      for (TenantId tenant : tenants) {
        differences.addAll(verifier.verifyTenant(connection, tenant));
      }
      return print(differences, tenants.size());
    }
  }

  /// Of the server's tables, functions and roles as they are when they are freshly migrated.
  private static String description() {
    try (InputStream text = Verification.class.getResourceAsStream(DESCRIPTION)) {
      if (text == null) {
        throw new IllegalStateException(DESCRIPTION + " is not on the class path");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(DESCRIPTION + " can't be read", e);
    }
  }

  private ExitCode print(List<Difference> differences, int tenants) {
    for (Difference difference : differences) {
      out.printf(
          "%s | %s | expected %s | found %s%n",
          difference.check(), difference.row(), difference.expected(), difference.found());
    }
    String result =
        differences.isEmpty()
            ? "everything is as it was claimed to be"
            : differences.size() + " differences";
    out.printf("Verified %d tenants: %s.%n", tenants, result);
    out.flush();
    return differences.isEmpty() ? ExitCode.CLEAN : ExitCode.DIFFERENCES_FOUND;
  }
}
