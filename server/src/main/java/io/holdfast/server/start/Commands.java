package io.holdfast.server.start;

import java.io.PrintWriter;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/// The commands that there are. A command begins only when nothing is wrong with how it was called;
/// otherwise all that is wrong is said.
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
  // Anything longer or stranger may be a password that stands in the wrong place.
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z-]{1,24}");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:(\\w+)");

  @CommandLine.Spec private @Nullable CommandSpec spec;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this")
  private boolean unusedHelp;

  static CommandLine line() {
    return line(Surroundings.own());
  }

  static CommandLine line(Surroundings surroundings) {
    CommandLine line =
        new CommandLine(new Commands())
            .setParameterExceptionHandler(Commands::usage)
            .setExecutionExceptionHandler(Commands::fault)
            .setExecutionStrategy(parsed -> execute(parsed, surroundings));
    collectErrors(line);
    return line;
  }

  private static void collectErrors(CommandLine line) {
    line.getCommandSpec().parser().collectErrors(true);
    line.getSubcommands().values().forEach(Commands::collectErrors);
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing command");
    }
  }

  private static int execute(ParseResult parsed, Surroundings surroundings) {
    Problems problems = new Problems();
    List<CommandLine> called = parsed.asCommandLineList();
    boolean isHelp = called.stream().anyMatch(CommandLine::isUsageHelpRequested);
    for (CommandLine command : called) {
      command.getParseResult().errors().forEach(error -> add(problems, error));
    }
    if (!isHelp || !problems.isEmpty()) {
      surroundings.check(problems, settings(called.getFirst()));
      for (CommandLine command : called) {
        if (command.getCommand() instanceof Checked checked) {
          checked.check(problems);
        }
      }
    }
    return problems.isEmpty()
        ? new RunLast().execute(parsed)
        : refused(called.getLast(), problems.all());
  }

  /// The variables of the environment that options name as their default, at every depth.
  private static Set<String> settings(CommandLine line) {
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : line.getCommandSpec().options()) {
      // The parser itself tells only what they are now.
      if (option.userObject() instanceof AnnotatedElement field) {
        CommandLine.Option written = field.getAnnotation(CommandLine.Option.class);
        VARIABLE
            .matcher(written == null ? "" : written.defaultValue())
            .results()
            .forEach(found -> names.add(found.group(1)));
      }
    }
    line.getSubcommands().values().forEach(command -> names.addAll(settings(command)));
    return names;
  }

  private static int usage(ParameterException e, String[] args) {
    return refused(e.getCommandLine(), List.of(String.valueOf(e.getMessage())));
  }

  private static int refused(CommandLine command, List<String> problems) {
    PrintWriter err = command.getErr();
    problems.forEach(problem -> err.println("holdfast: " + problem));
    err.println("Try: ./" + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  private static void add(Problems problems, Exception error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      addUnmatched(problems, unmatched);
    } else {
      problems.add(String.valueOf(error.getMessage()));
    }
  }

  /// The parser's own text would repeat the value of a mistyped option, which may be a password,
  /// and its hints are the names that begin with the same two letters.
  private static void addUnmatched(Problems problems, UnmatchedArgumentException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    boolean isValue = false;
    for (String word : e.getUnmatched()) {
      if (word.startsWith("-")) {
        String name = word.replaceFirst("=.*", "");
        problems.add("Unknown option: '" + name + "'" + hint(name, command));
      } else if (!isValue) {
        problems.add(
            HARMLESS.matcher(word).matches()
                ? "Unexpected word: '" + word + "'" + hint(word, command)
                : "Unexpected word, which is not repeated here: it may be a secret");
      }
      isValue = word.startsWith("-") && !word.contains("=");
    }
  }

  private static String hint(String typed, CommandSpec command) {
    return typed.startsWith("-")
        ? Nearest.hint(typed, shown(command.options()))
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

  private static int fault(Exception e, CommandLine line, ParseResult parsed) {
    StartFault fault = StartFault.of(e);
    line.getErr().println("holdfast: " + fault.getMessage());
    line.getErr().flush();
    return fault.exitCode().number();
  }
}
