package io.holdfast.proof.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Stock at several locations: some buy from wherever it is, others from one place, while it is
/// carried from place to place and counted.
final class LocationScripts {

  private static final int ITEMS = 3;

  /// Made where they are missing, and left there: a shop gets them once and not for every run.
  private static final List<String> LOCATIONS = List.of(Setting.MAIN, "prove-north", "prove-south");

  private final Dice dice;

  LocationScripts(Dice dice) {
    this.dice = dice;
  }

  static Setting setting() {
    return Setting.of(450L, 450L, 450L).spreadOver(LOCATIONS.toArray(String[]::new));
  }

  List<Script> draw() {
    List<Script> scripts =
        new ArrayList<>(
            Stream.of(
                    Dice.repeat(60, this::buying),
                    Dice.repeat(40, this::buyingFromOnePlace),
                    Dice.repeat(8, this::buyingMuch),
                    Dice.repeat(24, this::carrying),
                    Dice.repeat(12, this::counting),
                    Dice.repeat(8, this::fetching),
                    Dice.repeat(4, () -> Planner.looking(40, 30, dice.below(ITEMS))))
                .flatMap(List::stream)
                .toList());
    dice.shuffle(scripts);
    return scripts;
  }

  private Script buying() {
    return new Script(
        Dice.chain(
            3,
            () -> {
              List<Wanted> lines =
                  dice.some(dice.between(1, 3), ITEMS).stream()
                      .map(item -> new Wanted(item, dice.between(1, 13)))
                      .toList();
              return dice.below(2) == 0
                  ? List.of(dice.pause(0, 600), new Step.Purchase(lines))
                  : List.of(
                      new Step.Reserve(lines, Planner.LONG_TTL_SECONDS),
                      dice.pause(0, 600),
                      dice.below(3) == 0 ? new Step.Release() : new Step.Commit());
            }));
  }

  /// More than lies at any one place.
  private Script buyingMuch() {
    return Script.of(
        new Step.Reserve(
            List.of(new Wanted(dice.below(ITEMS), dice.between(151, 190))),
            Planner.LONG_TTL_SECONDS),
        dice.pause(0, 300),
        dice.below(3) == 0 ? new Step.Commit() : new Step.Release());
  }

  private Script buyingFromOnePlace() {
    int item = dice.below(ITEMS);
    return Script.of(
        dice.pause(0, 800),
        new Step.Reserve(at(item), Planner.LONG_TTL_SECONDS),
        dice.pause(0, 300),
        new Step.Change(null, at(item), true),
        dice.below(3) == 0 ? new Step.Release() : new Step.Commit());
  }

  private List<Wanted> at(int item) {
    return List.of(new Wanted(item, dice.oneOf(LOCATIONS), dice.between(1, 9)));
  }

  private Script carrying() {
    return new Script(
        Dice.chain(6, () -> List.of(transfer(dice.between(1, 16)), dice.pause(10, 250))));
  }

  private Step.Transfer transfer(int quantity) {
    List<Integer> ends = dice.some(2, LOCATIONS.size());
    return new Step.Transfer(
        dice.below(ITEMS), LOCATIONS.get(ends.getFirst()), LOCATIONS.get(ends.getLast()), quantity);
  }

  private Script counting() {
    return new Script(
        Dice.chain(
            5,
            () ->
                List.of(
                    dice.pause(50, 500),
                    new Step.Count(
                        dice.below(ITEMS), dice.oneOf(LOCATIONS), dice.between(-1, 2)))));
  }

  /// Has it brought to one place and buys it there, as one.
  private Script fetching() {
    Step.Transfer transfer = transfer(dice.between(1, 9));
    List<Wanted> fetched = List.of(new Wanted(transfer.item(), transfer.to(), transfer.quantity()));
    return Script.of(
        dice.pause(0, 400), new Step.Together(List.of(transfer, new Step.Purchase(fetched))));
  }
}
