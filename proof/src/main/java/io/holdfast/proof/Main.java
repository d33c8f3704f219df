package io.holdfast.proof;

import io.holdfast.proof.bench.BenchCommand;
import io.holdfast.proof.bench.LoadCommand;
import io.holdfast.proof.client.ClientCommand;
import io.holdfast.proof.prove.ProveCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `prove` and `bench`.
@Command(
    name = "holdfast",
    description = "Proves that a shop never oversells, and measures how fast it is.",
    subcommands = {ProveCommand.class, BenchCommand.class, ClientCommand.class, LoadCommand.class})
public final class Main {

  /// The prover itself failed: no verdict.
  private static final int CRASHED = 4;

  private static final int MISUSED = 2;

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean unusedHelp;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(
            (wrong, _) -> {
              CommandLine command = wrong.getCommandLine();
              System.err.println("holdfast: " + wrong.getMessage());
              CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
              System.err.println("Try: ./" + command.getCommandSpec().qualifiedName() + " --help");
              return MISUSED;
            })
        .setExecutionExceptionHandler(
            (failure, _, _) -> {
              System.err.println("holdfast: the prover failed: " + failure.getMessage());
              if (!(failure instanceof IOException)) {
                failure.printStackTrace(System.err);
              }
              return CRASHED;
            })
        .execute(args);
  }
}
