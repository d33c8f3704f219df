package io.holdfast.proof.checker;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A verdict per invariant, and what the run failed to exercise.
public record Judgement(Map<Invariant, Verdict> verdicts, List<String> missing) {

  private static final List<Check> CHECKS =
      List.of(
          new NeverOversold(),
          new NeverUndersold(),
          new NoLostUpdate(),
          new OncePerKey(),
          new LedgerEqualsStock(),
          new NothingVanishes(),
          new NothingPartial(),
          new AcknowledgedSurvives(),
          new RefusedStaysRefused(),
          new EndsOnce(),
          new WithinLimits(),
          new WorksAgain());

  public Judgement {
    verdicts = Map.copyOf(verdicts);
    missing = List.copyOf(missing);
  }

  public static Judgement of(Evidence evidence) {
    Claims claims = new Claims(evidence.history());
    Map<Invariant, Verdict> verdicts = new EnumMap<>(Invariant.class);
    CHECKS.forEach(check -> verdicts.put(check.invariant(), check.judge(evidence, claims)));
    verdicts.put(Invariant.I7, new Verdict.NotChecked("nothing is numbered here"));
    verdicts.put(Invariant.I13, new Verdict.NotChecked("nobody reads events here"));
    verdicts.put(Invariant.I21, new Verdict.NotChecked("nobody registers here"));
    verdicts.put(Invariant.I22, new Verdict.NotChecked("nobody is charged here"));
    return new Judgement(verdicts, Exercise.missing(evidence, claims));
  }

  /// Of a run that is about some of them alone.
  ///
  /// @param others why the others were not checked
  public static Judgement only(
      Map<Invariant, Verdict> verdicts, String others, List<String> missing) {
    Map<Invariant, Verdict> all = new EnumMap<>(verdicts);
    for (Invariant invariant : Invariant.values()) {
      all.putIfAbsent(invariant, new Verdict.NotChecked(others));
    }
    return new Judgement(all, missing);
  }

  public Verdict of(Invariant invariant) {
    return verdicts.getOrDefault(invariant, new Verdict.NotChecked("no check"));
  }

  public boolean isViolated() {
    return verdicts.values().stream().anyMatch(Verdict.Violated.class::isInstance);
  }

  public boolean isInconclusive() {
    return !isViolated() && !missing.isEmpty();
  }
}
