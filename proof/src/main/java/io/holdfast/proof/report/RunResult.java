package io.holdfast.proof.report;

import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.workload.Plan;
import java.util.List;

/// One scenario under one concurrency control: what happened and what it shows.
///
/// @param control as named by the server, or the address of a shop that is not ours
/// @param before what differed in the shop's database already, which the run is not blamed for
public record RunResult(
    String control, Plan plan, int nodes, Counts counts, Judgement judgement, List<String> before) {

  public RunResult {
    before = List.copyOf(before);
  }

  public Conclusion conclusion() {
    if (judgement.isViolated()) {
      return Conclusion.VIOLATED;
    }
    return judgement.isInconclusive() ? Conclusion.INCONCLUSIVE : Conclusion.PROVEN;
  }
}
