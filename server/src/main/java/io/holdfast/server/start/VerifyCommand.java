package io.holdfast.server.start;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `verify`: parses, and hands over to [Verification].
@Command(
    name = "verify",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Recomputes what the database claims: ledger against levels, hash chains, reservations",
      "against what is reserved, and the schema against what it was when it was made: constraints,",
      "triggers, policies, rights. Also beside a living node.",
      "Exit code 0: all as claimed; 1: the differences are printed."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

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

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this")
  private boolean unusedHelp;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    CommandLine line = spec.commandLine();
    return new Verification(dataFolder, url(line), line.getOut()).run().number();
  }

  private Optional<DatabaseUrl> url(CommandLine line) {
    try {
      return Optional.ofNullable(databaseUrl).map(url -> DatabaseUrl.parse("--db-url", url));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
  }
}
