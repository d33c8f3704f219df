package io.holdfast.proof.report;

import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.workload.Plan;

/// One scenario under one concurrency control: what happened and what it shows.
///
/// @param control as named by the server, or the address of a shop that is not ours
public record RunResult(String control, Plan plan, int nodes, Counts counts, Judgement judgement) {

  public Conclusion conclusion() {
    if (judgement.isViolated()) {
      return Conclusion.VIOLATED;
    }
    return judgement.isInconclusive() ? Conclusion.INCONCLUSIVE : Conclusion.PROVEN;
  }
}
