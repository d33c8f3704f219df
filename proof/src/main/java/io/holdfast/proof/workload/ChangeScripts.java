package io.holdfast.proof.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Buyers in several processes at the same few reservations: they change and extend them, end them
/// in every way, and bring back what was sold of them. Beside them others are content with less
/// than they want, change their minds, and buy what there is left.
final class ChangeScripts {

  private static final int ITEMS = 4;
  private static final int SHARED = 12;

  /// More than there ever is.
  private static final int TOO_MANY = 1_000;

  private final Dice dice;

  ChangeScripts(Dice dice) {
    this.dice = dice;
  }

  static Setting setting() {
    return Setting.of(90L, 90L, 90L, 90L)
        .reserving(
            IntStream.range(0, SHARED)
                .mapToObj(of -> List.of(new Wanted(of % ITEMS, 3), new Wanted((of + 1) % ITEMS, 3)))
                .toList());
  }

  List<Script> draw() {
    List<Script> scripts =
        new ArrayList<>(
            Stream.of(
                    Dice.repeat(48, this::editing),
                    IntStream.range(0, 3 * SHARED).mapToObj(i -> ending(i % SHARED)).toList(),
                    IntStream.range(0, SHARED).mapToObj(this::returning).toList(),
                    Dice.repeat(20, this::contentWithLess),
                    Dice.repeat(16, this::replacing),
                    Dice.repeat(8, this::bundling),
                    Dice.repeat(12, this::together),
                    Dice.repeat(40, this::shopping))
                .flatMap(List::stream)
                .toList());
    dice.shuffle(scripts);
    return scripts;
  }

  private Script editing() {
    return new Script(Dice.chain(2, () -> edits(dice.below(SHARED))));
  }

  /// The second change is meant for what the first one has made.
  private List<Step> edits(int of) {
    return List.of(
        new Step.Change(of, lines(2, 5), false),
        dice.pause(0, 60),
        new Step.Change(of, lines(2, 5), true),
        new Step.Extend(of, Planner.LONG_TTL_SECONDS),
        dice.pause(0, 100));
  }

  /// Each of them is ended by several at about the same time, who have changed it before: where
  /// everything takes longer, that comes later, too.
  private Script ending(int of) {
    List<Step> steps = new ArrayList<>(Dice.chain(2, () -> edits(of)));
    steps.add(dice.pause(300, 600));
    switch (dice.below(5)) {
      case 0 -> steps.add(new Step.Release(of));
      case 1 -> steps.add(new Step.Replace(of, lines(2, 4), Planner.LONG_TTL_SECONDS));
      case 2 -> steps.add(new Step.Commit(of, List.of()));
      default -> steps.add(new Step.Commit(of, List.of(new Wanted(dice.below(ITEMS), 1))));
    }
    steps.add(new Step.Repeat());
    steps.add(new Step.Commit(of, List.of()));
    steps.addAll(returns(of));
    return new Script(steps);
  }

  private Script returning(int of) {
    List<Step> steps = new ArrayList<>();
    steps.add(dice.pause(900, 1_300));
    steps.addAll(returns(of));
    return new Script(steps);
  }

  private List<Step> returns(int of) {
    return List.of(
        new Step.Return(of, List.of(new Wanted(dice.below(ITEMS), 1))),
        new Step.Return(of, List.of()),
        new Step.Repeat());
  }

  private Script contentWithLess() {
    List<Wanted> later = lines(2, 4);
    return Script.of(
        dice.pause(0, 400),
        new Step.Reserve(lines(3, 9), Planner.LONG_TTL_SECONDS, true),
        new Step.Change(null, later, true),
        new Step.Extend(null, Planner.LONG_TTL_SECONDS),
        new Step.Commit(null, later.subList(0, 1)),
        new Step.Commit(),
        new Step.Return(null, later.subList(0, 1)),
        new Step.Repeat(),
        new Step.Return(null, List.of()));
  }

  private Script replacing() {
    return Script.of(
        dice.pause(0, 300),
        new Step.Reserve(lines(2, 4), Planner.LONG_TTL_SECONDS),
        new Step.Replace(null, lines(2, 6), Planner.LONG_TTL_SECONDS),
        new Step.Repeat(),
        dice.below(2) == 0 ? new Step.Release() : new Step.Commit());
  }

  private Script bundling() {
    int of = dice.below(SHARED);
    return Script.of(
        dice.pause(0, 300),
        new Step.Bundle(
            List.of(
                new Step.Purchase(lines(1, 2)),
                new Step.Change(of, lines(2, 5), false),
                new Step.Extend(of, Planner.LONG_TTL_SECONDS),
                new Step.Purchase(lines(2, 3)))),
        new Step.Repeat(),
        new Step.RepeatPart(0));
  }

  /// What it keeps, and what it gives back and buys again, can't be refused once it has it.
  private Script together() {
    List<Wanted> one = lines(1, 2);
    return Script.of(
        new Step.Reserve(one, Planner.LONG_TTL_SECONDS),
        new Step.Together(List.of(new Step.Change(null, one, true), new Step.Commit())),
        new Step.Repeat(),
        new Step.Together(List.of(new Step.Return(null, List.of()), new Step.Purchase(one))),
        new Step.Together(
            List.of(
                new Step.Purchase(lines(1, 2)),
                new Step.Purchase(List.of(new Wanted(0, TOO_MANY))))));
  }

  private Script shopping() {
    return new Script(
        Dice.chain(3, () -> List.of(dice.pause(0, 500), new Step.Purchase(lines(2, 4)))));
  }

  /// Of so many different items, each at least once and less often than that.
  private List<Wanted> lines(int items, int bound) {
    return dice.some(items, ITEMS).stream()
        .map(item -> new Wanted(item, dice.between(1, bound)))
        .toList();
  }
}
