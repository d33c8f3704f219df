package io.holdfast.proof.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Buyers who buy, reserve, commit and release for as long as things are broken around them.
final class FaultScripts {
  private static final int BUYERS = 60;
  private static final int ITEMS = 4;

  /// So many each for every strike, at two or three a second: longer than any takes. Nobody begins
  /// anything new once the last one is over.
  private static final int ATTEMPTS = 50;

  /// Of the first item there is nothing left after a second, so that somebody is refused however
  /// soon it is over.
  private static final long FEW = 30;

  private static final long SUPPLY_FOR_EACH_STRIKE = 6_000;

  private static final int PAUSE_MILLIS_MIN = 150;
  private static final int PAUSE_MILLIS_MAX = 500;

  private final Dice dice;
  private final int strikes;

  FaultScripts(Dice dice, int strikes) {
    this.dice = dice;
    this.strikes = strikes;
  }

  Setting setting() {
    return Setting.of(
        LongStream.range(0, ITEMS)
            .map(item -> item == 0 ? FEW : SUPPLY_FOR_EACH_STRIKE * strikes)
            .boxed()
            .toArray(Long[]::new));
  }

  List<Script> draw() {
    return Dice.repeat(BUYERS, () -> new Script(Dice.chain(ATTEMPTS * strikes, this::attempt)));
  }

  private List<Step> attempt() {
    List<Wanted> lines =
        dice.some(dice.between(1, 3), ITEMS).stream()
            .map(item -> new Wanted(item, dice.between(1, 3)))
            .toList();
    Step reserve = new Step.Reserve(lines, Planner.LONG_TTL_SECONDS);
    List<Step> steps =
        new ArrayList<>(
            switch (dice.below(6)) {
              case 0 -> List.of(reserve, dice.pause(0, PAUSE_MILLIS_MIN), new Step.Release());
              case 1, 2 -> List.of(reserve, new Step.Commit());
              default -> List.<Step>of(new Step.Purchase(lines));
            });
    steps.add(dice.pause(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX));
    return steps;
  }
}
