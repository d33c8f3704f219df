package io.holdfast.proof.checker;

import io.holdfast.proof.history.Operation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// I10: whatever was answered yes is there when all is quiet.
record AcknowledgedSurvives() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I10;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    if (evidence.effects() instanceof Effects.Unseen unseen) {
      return new Verdict.NotChecked(unseen.why());
    }
    List<String> found =
        claims.operations().stream()
            .filter(Operation::isAccepted)
            .flatMap(operation -> missing(evidence.effects(), operation))
            .toList();
    return Verdict.of("every yes found again", found);
  }

  private static Stream<String> missing(Effects effects, Operation operation) {
    String said = operation.accepted().orElseThrow().describe();
    Optional<Effect> effect = effects.of(operation);
    if (effect.isEmpty()) {
      return Stream.of("gone: " + said);
    }
    boolean kept =
        switch (operation.action()) {
          case PURCHASE, COMMIT -> effect.get().state().equals("committed");
          case RELEASE -> effect.get().state().equals("released");
          case RESERVE, READ -> true;
        };
    boolean owned = !operation.action().claims() || operation.key().equals(effect.get().customer());
    return kept && owned ? Stream.of() : Stream.of(said + ", but found " + effect.get().describe());
  }
}
