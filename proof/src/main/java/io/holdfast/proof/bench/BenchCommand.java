package io.holdfast.proof.bench;

import io.holdfast.proof.bench.report.BenchReport;
import io.holdfast.proof.bench.result.BenchTable;
import io.holdfast.proof.bench.result.Finding;
import io.holdfast.proof.bench.result.Findings;
import io.holdfast.proof.bench.result.Measure;
import io.holdfast.proof.bench.result.Measures;
import io.holdfast.proof.node.Controls;
import io.holdfast.proof.node.Install;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line of the bench.
@Command(
    name = "bench",
    description = {
      "Measures each concurrency control beside the machine's own limits, in one run and on",
      "databases of its own: the raw limit, the engine in process under many loads, a loop of",
      "plain JDBC, half of the maximum load, a full database, an expiry, nodes over HTTP, and a",
      "shop beside another one's flood. Says first how long it takes. Leave the machine alone",
      "meanwhile."
    },
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:measured", "2:wrong usage", "4:the bench itself failed"})
public final class BenchCommand implements Callable<Integer> {

  private static final List<String> USUAL = List.of(Controls.DEFAULT, Measures.BASE);

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--quick", description = "Only the ratios, in under 3 minutes, less exactly.")
  private boolean isQuick;

  @Option(
      names = "--control",
      split = ",",
      paramLabel = "NAME",
      description =
          "Controls measured; default: over HTTP combined,row-lock, and in process every"
              + " control there is (quick: those two).")
  private List<String> controls = new ArrayList<>();

  @Option(
      names = "--part",
      split = ",",
      paramLabel = "NAME",
      description =
          "Only these: table, grid, unprotected, plain-jdbc, half-load, stored, expiry,"
              + " orders, http, http-orders, flood."
              + " Default: all (quick: table,http; the grid has the table's measures, too).")
  private List<String> parts = new ArrayList<>();

  @Option(
      names = "--stored",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Reservations in a full database; default: 1 million.")
  private long stored;

  @Option(
      names = "--expiring",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Reservations that expire at once; default: 100,000.")
  private long expiring;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Curves and page go there; default: bench-report, and none when quick.")
  private @Nullable Path report;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      hidden = true,
      description = "How long a measure of the table takes: short ones only show that it works.")
  private double seconds;

  @Option(names = "--json", description = "Prints one JSON object a line, the machine first.")
  private boolean isJson;

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean unusedHelp;

  private final List<Measure> measures = new ArrayList<>();
  private Map<String, Object> machine = Map.of();

  @Override
  public Integer call() throws Exception {
    Scope scope = scope();
    Install install =
        Install.find().orElseThrow(() -> new IOException("the server is not built yet"));
    Bench bench = new Bench(install, scope);
    Forecast forecast = bench.forecast();
    System.err.println(forecast);
    bench.run(
        described -> {
          machine = described;
          System.out.println(Json.write(described));
        },
        measure -> {
          measures.add(measure);
          tell(measure, forecast.measures());
        });
    conclude(new Measures(measures));
    System.out.flush();
    return 0;
  }

  private Scope scope() {
    refuse(Controls.fault(controls));
    refuse(
        parts.stream()
            .filter(word -> Part.of(word).isEmpty())
            .findFirst()
            .map(word -> "no part " + word + " of the bench"));
    refuse(Optional.of("a number of reservations is positive").filter(_ -> isNothing()));
    List<String> inProcess =
        (controls.isEmpty() && isQuick ? USUAL : controls)
            .stream().filter(control -> !control.equals(Controls.UNPROTECTED)).toList();
    Pace pace = Pace.of(isQuick);
    return new Scope(
        chosen(!inProcess.isEmpty()),
        inProcess,
        controls.isEmpty() ? USUAL : controls,
        seconds > 0 ? pace.with(seconds) : pace,
        stored,
        expiring);
  }

  /// The broken control spoils the database that it is measured on, so it has a part of its own.
  private List<Part> chosen(boolean isAnySound) {
    Set<Part> chosen = new LinkedHashSet<>(Part.usual(isQuick));
    if (!parts.isEmpty()) {
      chosen.clear();
      parts.stream().flatMap(word -> Part.of(word).stream()).forEach(chosen::add);
    }
    if (!controls.isEmpty()) {
      boolean isGrid = chosen.contains(Part.TABLE) || chosen.contains(Part.GRID);
      if (!isAnySound) {
        chosen.removeAll(List.of(Part.TABLE, Part.GRID));
      }
      if (!controls.contains(Controls.UNPROTECTED)) {
        chosen.remove(Part.UNPROTECTED);
      } else if (isGrid) {
        chosen.add(Part.UNPROTECTED);
      }
    }
    return List.copyOf(chosen);
  }

  private boolean isNothing() {
    return stored < 1 || expiring < 1;
  }

  private void refuse(Optional<String> fault) {
    if (fault.isPresent() && spec != null) {
      throw new ParameterException(spec.commandLine(), fault.get());
    }
  }

  private void tell(Measure measure, int all) {
    if (isJson) {
      System.out.println(Json.write(measure));
    }
    System.err.printf(
        "%d of %d: %s, %s, items %,d, callers %,d: %,.0f a second%n",
        measures.size(),
        all,
        measure.measure(),
        measure.control(),
        measure.items(),
        measure.callers(),
        measure.perSecond());
  }

  private void conclude(Measures all) throws IOException {
    List<Finding> findings = Findings.of(all);
    if (isJson) {
      findings.forEach(each -> System.out.println(Json.write(each.members())));
    } else {
      System.out.println();
      System.out.print(BenchTable.of(all));
      System.out.println();
      System.out.print(Findings.table(findings));
    }
    Path folder = report != null || isQuick ? report : Path.of("bench-report");
    if (folder != null) {
      Path page = BenchReport.write(folder, all, machine, command(), System.err::println);
      System.err.println("What it shows is in " + page);
    }
  }

  private String command() {
    List<String> words = new ArrayList<>(List.of("./holdfast"));
    if (spec != null) {
      words.addAll(spec.commandLine().getParseResult().originalArgs());
    }
    return String.join(" ", words);
  }
}
