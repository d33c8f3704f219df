package io.holdfast.server.start;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The commands that there are.
@Command(
    name = "holdfast",
    description = "Inventory that never oversells.",
    subcommands = {
      ServeCommand.class,
      TenantCommand.class,
      VerifyCommand.class,
      CheckpointCommand.class,
      BenchEngineCommand.class
    })
final class Commands implements Runnable {
  @CommandLine.Spec private @Nullable CommandSpec spec;

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
    err.println("holdfast: " + e.getMessage() + hint(e));
    err.println("Try: ./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  /// About the first word that was not understood. The parser's own hints are the names that begin
  /// with the same two letters.
  private static String hint(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    String typed = unmatched.getUnmatched().getFirst();
    CommandSpec command = e.getCommandLine().getCommandSpec();
    return typed.startsWith("-")
        ? Nearest.hint(typed.replaceFirst("=.*", ""), shown(command.options()))
        : Nearest.hint(typed, shown(command.subcommands()));
  }

  private static List<String> shown(List<OptionSpec> options) {
    return options.stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .toList();
  }

  private static List<String> shown(Map<String, CommandLine> commands) {
    return commands.values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden())
        .map(CommandSpec::name)
        .toList();
  }

  private static int fault(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    StartFault fault = StartFault.of(e);
    line.getErr().println("holdfast: " + fault.getMessage());
    line.getErr().flush();
    return fault.exitCode().number();
  }
}
