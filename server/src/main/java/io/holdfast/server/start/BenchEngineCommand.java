package io.holdfast.server.start;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.server.bench.EngineBench;
import io.holdfast.stock.Control;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench-engine`: the in-process part of `./holdfast bench`, which calls it. Prints a JSON object
/// a line.
@Command(
    name = "bench-engine",
    hidden = true,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Measures the engine in this process, on a database that is to be thrown away.")
final class BenchEngineCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--db-url",
      required = true,
      paramLabel = "URL",
      description = "the owner's login on an external database, which is filled with rows")
  private String databaseUrl = "";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long each measure takes after its warm-up (default: ${DEFAULT-VALUE})")
  private double seconds = 4;

  @Option(
      names = "--control",
      split = ",",
      paramLabel = "NAME",
      description = "the controls to measure (default: row-lock,combined)")
  private List<String> controls = List.of("row-lock", "combined");

  @Option(names = "--quick", description = "shorter warm-ups, and only the measures of the ratios")
  private boolean isQuick;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    DatabaseUrl owner = parsed(() -> DatabaseUrl.parse("--db-url", databaseUrl));
    List<Control> chosen = new ArrayList<>();
    for (String label : controls) {
      chosen.add(parsed(() -> control(label)));
    }
    Migrations.migrate(owner);
    Duration measured = Duration.ofMillis(Math.round(seconds * 1_000));
    Duration warmUp = isQuick ? measured.dividedBy(2) : measured;
    try (HikariDataSource pool = Pools.pool(owner, true, "bench", EngineBench.CONNECTIONS)) {
      new EngineBench(pool, warmUp, measured, System.out).run(chosen);
    }
    return ExitCode.CLEAN.number();
  }

  private static Control control(String label) {
    return Control.ofLabel(label)
        .orElseThrow(() -> new IllegalArgumentException("no control is named " + label));
  }

  @FunctionalInterface
  private interface Parse<T> {
    T parse();
  }

  private <T> T parsed(Parse<T> parse) {
    try {
      return parse.parse();
    } catch (IllegalArgumentException e) {
      CommandSpec known = spec;
      if (known == null) {
        throw new IllegalStateException("picocli sets the spec before it calls", e);
      }
      throw new ParameterException(known.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
