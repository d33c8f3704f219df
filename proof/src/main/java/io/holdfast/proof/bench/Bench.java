package io.holdfast.proof.bench;

import io.holdfast.proof.bench.result.Measure;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Install;
import io.holdfast.proof.prove.Prover;
import io.holdfast.proof.rows.Database;
import java.util.Map;
import java.util.function.Consumer;

/// Everything measured in one run, each part on a fresh database.
final class Bench {

  private final Install install;
  private final Scope scope;

  Bench(Install install, Scope scope) {
    this.install = install;
    this.scope = scope;
  }

  Forecast forecast() throws Exception {
    return Forecast.of(scope, new EngineMeasures(install, scope).forecast());
  }

  /// @param machine told first
  void run(Consumer<Map<String, Object>> machine, Consumer<Measure> witness) throws Exception {
    boolean isDescribed = false;
    for (Part part : scope.parts()) {
      for (String control : scope.httpControls()) {
        boolean isFirst = control.equals(scope.httpControls().getFirst());
        boolean isTold = isDescribed;
        if (part.isOfEachControl() || isFirst) {
          onFleet(
              control,
              fleet -> {
                if (!isTold) {
                  machine.accept(
                      Machine.describe(new Database(fleet.superuserUrl()), scope.pace()));
                }
                if (part == Part.HTTP) {
                  http(control, fleet, isFirst, witness);
                } else if (part == Part.HTTP_ORDERS) {
                  fleet.grow(1);
                  httpMeasures(control, fleet, witness).runOrders();
                } else if (part == Part.FLOOD) {
                  fleet.grow(1);
                  new FloodMeasures(
                          control,
                          fleet.nodes().getFirst(),
                          scope.pace(),
                          Prover.clientCommand(),
                          witness)
                      .run();
                } else {
                  new EngineMeasures(install, scope).run(part, fleet, witness);
                }
              });
          isDescribed = true;
        }
      }
    }
  }

  private void http(String control, Fleet fleet, boolean isFirst, Consumer<Measure> witness)
      throws Exception {
    fleet.grow(1);
    HttpMeasures measures = httpMeasures(control, fleet, witness);
    measures.run(isFirst);
    if (isFirst && !scope.pace().isQuick()) {
      fleet.grow(2);
      measures.runByTurns();
    }
  }

  private HttpMeasures httpMeasures(String control, Fleet fleet, Consumer<Measure> witness) {
    return new HttpMeasures(control, fleet, scope.pace(), Prover.clientCommand(), witness);
  }

  private interface Work {
    void run(Fleet fleet) throws Exception;
  }

  private void onFleet(String control, Work work) throws Exception {
    try (Fleet fleet = Fleet.open(install, control)) {
      work.run(fleet);
    }
  }
}
