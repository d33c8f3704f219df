package io.holdfast.proof.checker;

import io.holdfast.proof.history.Operation;
import java.util.ArrayList;
import java.util.List;

/// I9: an order of several lines is there as a whole or not at all.
record NothingPartial() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I9;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    List<Operation> orders =
        claims.operations().stream()
            .filter(operation -> operation.action().claims() && operation.lines().size() > 1)
            .toList();
    if (orders.isEmpty()) {
      return new Verdict.NotChecked("no order of several lines here");
    }
    return Verdict.all(lines(evidence, claims), rows(evidence.rows()));
  }

  private static Verdict lines(Evidence evidence, Claims claims) {
    if (evidence.effects() instanceof Effects.Unseen unseen) {
      return new Verdict.NotChecked("lines: " + unseen.why());
    }
    List<String> found = new ArrayList<>();
    claims.operations().stream()
        .filter(operation -> operation.action().claims() && operation.isAccepted())
        .forEach(
            operation ->
                evidence
                    .effects()
                    .of(operation)
                    .filter(effect -> !effect.quantities().equals(operation.wanted()))
                    .ifPresent(
                        effect ->
                            found.add(effect.describe() + ", but wanted " + operation.wanted())));
    return Verdict.of("lines of what was acknowledged", found);
  }

  private static Verdict rows(RowFindings rows) {
    return switch (rows) {
      case RowFindings.Asked asked ->
          Verdict.of("movements in " + asked.snapshots() + " snapshots", asked.partial());
      case RowFindings.NotAsked not -> new Verdict.NotChecked("movements: " + not.why());
    };
  }
}
