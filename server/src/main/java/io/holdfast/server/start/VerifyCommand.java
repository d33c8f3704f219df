package io.holdfast.server.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `verify`: parses, and hands over to [Verification].
@Command(
    name = "verify",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Recomputes what the database claims: ledger against levels, hash chains, reservations",
      "against what is reserved, orders against their lines and reservations, the ledger against",
      "signed checkpoints, the trail of changes and refusals against its seals, and the schema",
      "against what it was when it was made: constraints, triggers, policies, rights. Also beside",
      "a living node.",
      "Exit code 0: all as claimed; 1: the differences are printed."
    })
final class VerifyCommand implements Callable<Integer>, Checked {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private DatabaseOptions options = new DatabaseOptions();

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = {
        "a key that may have signed checkpoints; may be repeated",
        "(default: those in the data folder named checkpoint-key*.pub, if there are any)"
      })
  private List<Path> publicKeys = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this")
  private boolean unusedHelp;

  @Override
  public void check(Problems problems) {
    options.check(problems);
  }

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    OwnersDatabase database = options.database();
    return new Verification(database, trusted(database), spec.commandLine().getOut())
        .run()
        .number();
  }

  private Set<PublicKey> trusted(OwnersDatabase database) throws IOException {
    boolean isOwn =
        publicKeys.isEmpty()
            && database.external().isEmpty()
            && Files.isDirectory(database.dataFolder());
    return isOwn ? KeyFiles.in(database.dataFolder()).trusted() : KeyFiles.readPublic(publicKeys);
  }
}
