package io.holdfast.proof.prove;

import io.holdfast.proof.workload.Plan;
import io.holdfast.proof.workload.Planner;
import io.holdfast.proof.workload.Scenario;

/// Draws the plan once it is known what the shop can sell.
public record PlanSource(Scenario scenario, long seed) {

  Plan draw() {
    return Planner.draw(scenario, seed);
  }

  Plan drawPlain(long supply) {
    return Planner.drawPlain(scenario, seed, supply);
  }
}
