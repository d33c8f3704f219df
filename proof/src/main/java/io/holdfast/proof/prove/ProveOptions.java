package io.holdfast.proof.prove;

import io.holdfast.proof.history.HistoryFile;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Breakage;
import io.holdfast.proof.workload.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What was asked of the prover.
///
/// @param faults the kinds of things that `faults` breaks
/// @param strikes how many things it breaks
/// @param controls tried one after another; ignored for a shop that is not ours
public record ProveOptions(
    List<Scenario> scenarios,
    List<Breakage> faults,
    int strikes,
    List<String> controls,
    boolean isComparison,
    OptionalInt nodes,
    long seed,
    Interface kind,
    Optional<Target> target,
    Optional<String> tenant,
    Optional<Database> database,
    Optional<HistoryFile> history) {

  public ProveOptions {
    faults = List.copyOf(faults);
    scenarios = List.copyOf(scenarios);
    controls = List.copyOf(controls);
  }
}
