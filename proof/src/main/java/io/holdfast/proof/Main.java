package io.holdfast.proof;

import io.holdfast.proof.client.ClientCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `prove` and `bench`.
@Command(
    name = "holdfast",
    description = "Proves that a shop never oversells, and measures how fast it is.",
    subcommands = {ClientCommand.class})
public final class Main {

  /// The prover itself failed: no verdict.
  private static final int CRASHED = 4;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (failure, _, _) -> {
              System.err.println("The prover failed: " + failure);
              failure.printStackTrace(System.err);
              return CRASHED;
            })
        .execute(args);
  }
}
