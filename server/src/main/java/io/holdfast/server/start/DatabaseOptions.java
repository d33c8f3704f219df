package io.holdfast.server.start;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which database a command is about, for those that work as its owner.
final class DatabaseOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

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

  OwnersDatabase database() {
    try {
      return new OwnersDatabase(
          dataFolder,
          Optional.ofNullable(databaseUrl).map(url -> DatabaseUrl.parse("--db-url", url)));
    } catch (IllegalArgumentException e) {
      CommandSpec spec = command;
      if (spec == null) {
        throw new IllegalStateException("picocli sets the spec before it calls", e);
      }
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
