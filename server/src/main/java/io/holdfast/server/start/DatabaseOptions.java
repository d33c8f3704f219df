package io.holdfast.server.start;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which database a command is about, for those that work as its owner.
final class DatabaseOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "the folder of the embedded database (default: ${DEFAULT-VALUE})")
  private Path dataFolder = Path.of("holdfast-data");

  @Option(
      names = "--db-url",
      defaultValue = "${env:HOLDFAST_DB_URL}",
      paramLabel = "URL",
      description = "the owner's login on an external database")
  private @Nullable String databaseUrl;

  void check(Problems problems) {
    if (databaseUrl != null) {
      String url = databaseUrl;
      problems.unlessParsed(() -> DatabaseUrl.parse("--db-url", url));
    }
  }

  /// Of a command that was checked.
  OwnersDatabase database() {
    return new OwnersDatabase(
        dataFolder,
        Optional.ofNullable(databaseUrl).map(url -> DatabaseUrl.parse("--db-url", url)));
  }
}
