package io.holdfast.proof.prove;

import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.report.RunResult;
import java.util.List;

/// A scenario that is about something of its own, and judged by that alone.
interface FocusedRun {

  /// What a run gave: the result for the report, and what is behind it as lines of JSON.
  record Recorded(RunResult result, List<String> lines) {
    public Recorded {
      lines = List.copyOf(lines);
    }
  }

  /// @param before what the arena's database was like, which the run is not to be blamed for
  Recorded run(PlanSource plans, ChainFindings before) throws Exception;
}
