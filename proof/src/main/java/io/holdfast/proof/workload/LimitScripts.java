package io.holdfast.proof.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A few customers who shop from many places at once. One item is limited for longer than the run,
/// the other for so short a time that there is more to be had several times.
final class LimitScripts {

  private static final int CUSTOMERS = 3;
  private static final int ONCE = 0;
  private static final int AGAIN = 1;

  private final Dice dice;
  private int drawn;

  LimitScripts(Dice dice) {
    this.dice = dice;
  }

  static Setting setting() {
    return Setting.of(1_000L, 1_000L).limitedBy(new Limit(ONCE, 20, 3_600), new Limit(AGAIN, 4, 2));
  }

  List<Script> draw() {
    List<Script> scripts =
        new ArrayList<>(
            Stream.of(
                    Dice.repeat(30, () -> as(buying())),
                    Dice.repeat(24, () -> as(holding())),
                    Dice.repeat(18, () -> as(wantingMore())),
                    Dice.repeat(24, () -> as(comingAgain())))
                .flatMap(List::stream)
                .toList());
    dice.shuffle(scripts);
    return scripts;
  }

  private Script as(List<Step> steps) {
    drawn++;
    return new Script(steps, drawn % CUSTOMERS);
  }

  private List<Step> buying() {
    return Dice.chain(3, () -> List.of(dice.pause(100, 700), new Step.Purchase(once(1, 3))));
  }

  private List<Step> holding() {
    return List.of(
        new Step.Reserve(once(1, 4), Planner.LONG_TTL_SECONDS),
        dice.pause(20, 400),
        dice.below(3) == 0 ? new Step.Commit() : new Step.Release(),
        dice.pause(20, 200),
        new Step.Purchase(once(1, 2)));
  }

  private List<Step> wantingMore() {
    return List.of(
        dice.pause(0, 200),
        new Step.Reserve(once(1, 2), Planner.LONG_TTL_SECONDS),
        new Step.Change(null, once(2, 5), false),
        new Step.Commit(),
        dice.pause(20, 300),
        new Step.Return(null, once(1, 2)));
  }

  private List<Step> comingAgain() {
    return Dice.chain(
        9,
        () ->
            List.of(
                new Step.Purchase(List.of(new Wanted(AGAIN, dice.between(1, 3)))),
                dice.pause(300, 700)));
  }

  private List<Wanted> once(int least, int bound) {
    return List.of(new Wanted(ONCE, dice.between(least, bound)));
  }
}
