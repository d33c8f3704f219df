package io.holdfast.proof.prove;

import io.holdfast.proof.workload.Breakage;
import io.holdfast.proof.workload.Plan;
import io.holdfast.proof.workload.Planner;
import io.holdfast.proof.workload.Scenario;
import java.util.List;

/// Draws the plan once it is known what the shop can sell.
///
/// @param faults the kinds of things to break, where the scenario breaks any
/// @param strikes how many
public record PlanSource(Scenario scenario, long seed, List<Breakage> faults, int strikes) {

  public PlanSource {
    faults = List.copyOf(faults);
  }

  public PlanSource(Scenario scenario, long seed) {
    this(scenario, seed, List.of(), 0);
  }

  Plan draw() {
    return scenario == Scenario.FAULTS
        ? Planner.draw(scenario, seed, faults, strikes)
        : Planner.draw(scenario, seed);
  }

  Plan drawPlain(long supply) {
    return Planner.drawPlain(scenario, seed, supply);
  }
}
