package io.holdfast.proof.bench;

import io.holdfast.proof.node.Controls;
import io.holdfast.proof.node.Install;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      "Measures each concurrency control beside the machine's own limits, in one run and on a",
      "database of its own: the raw limit, the engine in process, and a node over HTTP.",
      "Leave the machine alone meanwhile."
    },
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:measured", "2:wrong usage", "4:the bench itself failed"})
public final class BenchCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--quick", description = "The ratios in under 3 minutes, less exactly.")
  private boolean isQuick;

  @Option(
      names = "--control",
      split = ",",
      paramLabel = "NAME",
      description = "Controls measured over HTTP; default: combined,row-lock.")
  private List<String> controls = new ArrayList<>();

  @Option(names = "--json", description = "Prints one JSON object a line, the machine first.")
  private boolean isJson;

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean unusedHelp;

  @Override
  public Integer call() throws Exception {
    List<String> chosen = controls.isEmpty() ? List.of(Controls.DEFAULT, "row-lock") : controls;
    Optional<String> fault = Controls.fault(chosen);
    if (fault.isPresent() && spec != null) {
      throw new ParameterException(spec.commandLine(), fault.get());
    }
    Install install =
        Install.find().orElseThrow(() -> new IOException("the server is not built yet"));
    List<Measure> measures = new ArrayList<>();
    new Bench(install, chosen, Pace.of(isQuick))
        .run(
            machine -> System.out.println(Json.write(machine)),
            measure -> {
              measures.add(measure);
              tell(measure);
            });
    if (!isJson) {
      System.out.println();
      System.out.print(BenchTable.of(measures));
    }
    System.out.flush();
    return 0;
  }

  private void tell(Measure measure) {
    if (isJson) {
      System.out.println(Json.write(measure));
    } else {
      System.err.printf(
          "%s, %s, %,d items, %,d callers: %,.0f a second%n",
          measure.measure(),
          measure.control(),
          measure.items(),
          measure.callers(),
          measure.perSecond());
    }
  }
}
