package io.holdfast.proof.bench;

import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Install;
import io.holdfast.proof.prove.Prover;
import io.holdfast.proof.report.Report;
import io.holdfast.proof.rows.Database;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Everything measured in one run, each part on a fresh database.
final class Bench {

  private final Install install;
  private final List<String> controls;
  private final Pace pace;

  Bench(Install install, List<String> controls, Pace pace) {
    this.install = install;
    this.controls = List.copyOf(controls);
    this.pace = pace;
  }

  /// @param machine told first
  void run(Consumer<Map<String, Object>> machine, Consumer<Measure> witness) throws Exception {
    onFleet(
        controls.getFirst(),
        fleet -> {
          machine.accept(Machine.describe(new Database(fleet.superuserUrl()), pace));
          // In process the broken control would need a database prepared for it.
          List<String> sound =
              controls.stream().filter(control -> !control.equals(Report.BROKEN)).toList();
          EngineMeasures.run(install, fleet, sound, pace, witness);
        });
    for (String control : controls) {
      boolean isFirst = control.equals(controls.getFirst());
      onFleet(
          control,
          fleet -> {
            fleet.grow(1);
            new HttpMeasures(control, fleet, pace, Prover.clientCommand(), witness).run(isFirst);
          });
    }
  }

  private interface Part {
    void run(Fleet fleet) throws Exception;
  }

  private void onFleet(String control, Part part) throws Exception {
    Fleet fleet = openFleet(control);
    Thread tidy = new Thread(fleet::close);
    Runtime.getRuntime().addShutdownHook(tidy);
    try {
      part.run(fleet);
    } finally {
      fleet.close();
      Runtime.getRuntime().removeShutdownHook(tidy);
    }
  }

  private Fleet openFleet(String control) throws IOException {
    return Fleet.open(install, control);
  }
}
