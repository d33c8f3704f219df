package io.holdfast.proof.checker;

import io.holdfast.proof.history.Wish;
import java.util.ArrayList;
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
    Effects effects = evidence.effects();
    if (effects instanceof Effects.Unseen unseen) {
      return new Verdict.NotChecked(unseen.why());
    }
    List<String> found = new ArrayList<>();
    claims.operations().stream()
        .flatMap(operation -> Deed.of(operation).stream())
        .flatMap(deed -> missing(effects, deed))
        .forEach(found::add);
    for (Life life : claims.lives()) {
      effects
          .of(life.id())
          .filter(effect -> life.isClear())
          .filter(effect -> !Place.sum(effect.returned()).equals(life.returned()))
          .map(
              effect ->
                  life.returned()
                      + " came back, but of "
                      + effect.describe()
                      + " there is "
                      + effect.returned())
          .ifPresent(found::add);
    }
    return Verdict.of("every yes found again", found);
  }

  private static Stream<String> missing(Effects effects, Deed deed) {
    Optional<String> state =
        switch (deed.wish()) {
          case Wish.Purchase _, Wish.Commit _, Wish.Return _ -> Optional.of("committed");
          case Wish.Release _ -> Optional.of("released");
          case Wish.Reserve _, Wish.Change _, Wish.Extend _ -> Optional.of("");
          case Wish.Receive _, Wish.Transfer _, Wish.Count _, Wish.Together _, Wish.Read _ ->
              Optional.empty();
        };
    if (state.isEmpty()) {
      return Stream.of();
    }
    Optional<Effect> effect = effects.of(deed);
    if (effect.isEmpty()) {
      return Stream.of("gone: " + deed.describe());
    }
    boolean kept = state.get().isEmpty() || state.get().equals(effect.get().state());
    String customer = deed.wish().customer();
    boolean owned = customer == null || customer.equals(effect.get().customer());
    return kept && owned
        ? Stream.of()
        : Stream.of(deed.describe() + ", but found " + effect.get().describe());
  }
}
