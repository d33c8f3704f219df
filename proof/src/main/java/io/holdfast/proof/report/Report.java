package io.holdfast.proof.report;

import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Verdict;
import java.util.Arrays;
import java.util.List;

/// All runs of one call of the prover.
///
/// @param isComparison whether `unprotected` is there to be caught
public record Report(long seed, boolean isComparison, List<RunResult> runs) {

  /// The control that is broken on purpose.
  public static final String BROKEN = "unprotected";

  public Report {
    runs = List.copyOf(runs);
  }

  public Conclusion conclusion() {
    if (runs.stream().anyMatch(run -> isWorth(run, Conclusion.VIOLATED))) {
      return Conclusion.VIOLATED;
    }
    boolean isInconclusive =
        runs.isEmpty() || runs.stream().anyMatch(run -> isWorth(run, Conclusion.INCONCLUSIVE));
    return isInconclusive ? Conclusion.INCONCLUSIVE : Conclusion.PROVEN;
  }

  /// In a comparison the broken control has to be violated, and proves nothing if it is not.
  private boolean isWorth(RunResult run, Conclusion conclusion) {
    if (!isComparison || !run.control().equals(BROKEN)) {
      return run.conclusion() == conclusion;
    }
    Conclusion worth =
        run.conclusion() == Conclusion.VIOLATED ? Conclusion.PROVEN : Conclusion.INCONCLUSIVE;
    return worth == conclusion;
  }

  /// The last line: the conclusion and the counts behind it.
  public String lastLine() {
    String words =
        ("%s  %s, %d held, %d violated, %d not checked; "
                + "%,d attempts, %,d sold, %,d refused, %,d unknown; seed %d")
            .formatted(
                conclusion(),
                judged().size() == 1 ? "1 run" : judged().size() + " runs",
                count(Verdict.Held.class),
                count(Verdict.Violated.class),
                count(Verdict.NotChecked.class),
                judged().stream().mapToLong(run -> run.counts().attempts()).sum(),
                judged().stream().mapToLong(run -> run.counts().sold()).sum(),
                judged().stream().mapToLong(run -> run.counts().refused()).sum(),
                judged().stream().mapToLong(run -> run.counts().unknown()).sum(),
                seed);
    return isComparison
        ? words + "; " + BROKEN + (isCaught() ? " was caught" : " got away")
        : words;
  }

  /// The runs that the counts are about: the one that has to fail is told apart.
  private List<RunResult> judged() {
    return isComparison
        ? runs.stream().filter(run -> !run.control().equals(BROKEN)).toList()
        : runs;
  }

  private boolean isCaught() {
    return runs.stream()
        .filter(run -> run.control().equals(BROKEN))
        .allMatch(run -> run.conclusion() == Conclusion.VIOLATED);
  }

  private long count(Class<? extends Verdict> kind) {
    return judged().stream()
        .flatMap(run -> Arrays.stream(Invariant.values()).map(each -> run.judgement().of(each)))
        .filter(kind::isInstance)
        .count();
  }
}
