package io.holdfast.server.start;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The commands that there are.
@Command(
    name = "holdfast",
    description = "Inventory that never oversells.",
    subcommands = {
      ServeCommand.class,
      VerifyCommand.class,
      CheckpointCommand.class,
      BenchEngineCommand.class
    })
final class Commands implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this")
  private boolean unusedHelp;

  static CommandLine line() {
    return new CommandLine(new Commands())
        .setParameterExceptionHandler(Commands::usage)
        .setExecutionExceptionHandler(Commands::fault);
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing command");
    }
  }

  private static int usage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("holdfast: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: ./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  private static int fault(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    StartFault fault = StartFault.of(e);
    line.getErr().println("holdfast: " + fault.getMessage());
    line.getErr().flush();
    return fault.exitCode().number();
  }
}
