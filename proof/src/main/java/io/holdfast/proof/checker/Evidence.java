package io.holdfast.proof.checker;

import io.holdfast.proof.history.History;
import io.holdfast.proof.workload.Plan;
import java.util.List;
import java.util.Map;

/// Everything there is to judge a run by.
///
/// @param quietNanos when the last call had ended; reads that start later see the final state
/// @param soldOutAgeNanos how old a "sold out" may be that comes from the shop's memory
/// @param kills how often a node was killed
/// @param struck what was broken, one after the other
/// @param chains as far as the run has to answer for it
public record Evidence(
    Plan plan,
    History history,
    Opening opening,
    long quietNanos,
    long soldOutAgeNanos,
    int kills,
    List<Struck> struck,
    Effects effects,
    RowFindings rows,
    ChainFindings chains) {

  public Evidence {
    struck = List.copyOf(struck);
  }

  /// Units of each item at the start.
  Map<String, Long> supply() {
    return opening.supply();
  }
}
