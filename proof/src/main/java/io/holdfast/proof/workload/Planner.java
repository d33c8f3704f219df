package io.holdfast.proof.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Draws plans. The same scenario and seed give the same plan, on every machine.
public final class Planner {

  /// Long enough that nothing runs out where running out is not the subject.
  static final int LONG_TTL_SECONDS = 600;

  private static final int SHORT_TTL_SECONDS = 2;
  private static final List<Wanted> ONE = List.of(new Wanted(0, 1));

  private final Dice dice;

  private Planner(long seed) {
    dice = new Dice(seed);
  }

  public static Plan draw(Scenario scenario, long seed) {
    Planner planner = new Planner(seed);
    List<Script> scripts = planner.scripts(scenario);
    return new Plan(
        scenario, seed, setting(scenario), dealt(scripts, scenario.processes()), List.of());
  }

  /// Buyers who go on while so many things are broken, of each kind as often as of any other.
  public static Plan draw(Scenario scenario, long seed, List<Breakage> kinds, int strikes) {
    Planner planner = new Planner(seed);
    List<Breakage> drawn = new ArrayList<>();
    while (drawn.size() < strikes) {
      List<Breakage> round = new ArrayList<>(kinds);
      planner.dice.shuffle(round);
      drawn.addAll(round.subList(0, Math.min(round.size(), strikes - drawn.size())));
    }
    FaultScripts faults = new FaultScripts(planner.dice, strikes);
    return new Plan(
        scenario, seed, faults.setting(), dealt(faults.draw(), scenario.processes()), drawn);
  }

  /// The same for a shop that knows only "buy one".
  public static Plan drawPlain(Scenario scenario, long seed, long supply) {
    List<Script> scripts =
        Dice.repeat(
            buyers(scenario),
            () -> new Script(Dice.repeat(attempts(scenario), () -> new Step.Purchase(ONE))));
    return new Plan(
        scenario, seed, Setting.of(supply), dealt(scripts, scenario.processes()), List.of());
  }

  private static int buyers(Scenario scenario) {
    return switch (scenario) {
      case BASIC -> 100;
      case OVERSELL -> 1_000;
      case PROCESSES, RETRY -> 200;
      case MULTI_LINE -> 300;
      case EXPIRY -> 80;
      case KILL -> 120;
      case CHANGES, LOCATIONS, RESTOCK, LIMITS, FAULTS, NUMBERS, OUTBOX, PAYMENTS, REGISTRATION ->
          throw new IllegalArgumentException("each buyer of it is another");
    };
  }

  private static int attempts(Scenario scenario) {
    return switch (scenario) {
      case PROCESSES -> 5;
      case KILL -> 20;
      case BASIC,
          OVERSELL,
          MULTI_LINE,
          RETRY,
          EXPIRY,
          CHANGES,
          LOCATIONS,
          RESTOCK,
          LIMITS,
          FAULTS,
          NUMBERS,
          OUTBOX,
          PAYMENTS,
          REGISTRATION ->
          1;
    };
  }

  private static Setting setting(Scenario scenario) {
    return switch (scenario) {
      case BASIC, OVERSELL, PROCESSES -> Setting.of(100L);
      case MULTI_LINE -> Setting.of(Collections.nCopies(10, 120L).toArray(Long[]::new));
      case RETRY -> Setting.of(80L, 1_000L);
      case EXPIRY -> Setting.of(60L);
      case CHANGES -> ChangeScripts.setting();
      case LOCATIONS -> LocationScripts.setting();
      case RESTOCK -> Setting.of(100L, 100L, 100L);
      case LIMITS -> LimitScripts.setting();
      case FAULTS, NUMBERS, OUTBOX, PAYMENTS, REGISTRATION -> Setting.of();
      case KILL -> Setting.of(400L, 400L, 400L);
    };
  }

  private List<Script> scripts(Scenario scenario) {
    return switch (scenario) {
      case BASIC, OVERSELL, PROCESSES ->
          Dice.repeat(buyers(scenario), () -> new Script(sales(attempts(scenario))));
      case MULTI_LINE -> Dice.repeat(buyers(scenario), this::basket);
      case RETRY -> Dice.repeat(buyers(scenario), this::impatient);
      case EXPIRY -> expiring();
      case CHANGES -> new ChangeScripts(dice).draw();
      case LOCATIONS -> new LocationScripts(dice).draw();
      case RESTOCK -> restocking();
      case LIMITS -> new LimitScripts(dice).draw();
      case FAULTS, NUMBERS, OUTBOX, PAYMENTS, REGISTRATION -> List.of();
      case KILL -> Dice.repeat(buyers(scenario), () -> persistent(attempts(scenario)));
    };
  }

  private List<Step> sales(int attempts) {
    return Dice.chain(attempts, () -> sale(ONE));
  }

  /// Two of three buy at once, the third reserves first.
  private List<Step> sale(List<Wanted> lines) {
    return dice.below(3) < 2
        ? List.of(new Step.Purchase(lines))
        : List.of(new Step.Reserve(lines, LONG_TTL_SECONDS), new Step.Commit());
  }

  private Script basket() {
    List<Wanted> lines =
        dice.some(dice.between(2, 6), 10).stream()
            .map(item -> new Wanted(item, dice.between(1, 4)))
            .toList();
    return switch (dice.below(4)) {
      case 0 -> Script.of(new Step.Purchase(lines));
      case 1 ->
          Script.of(
              new Step.Reserve(lines, LONG_TTL_SECONDS), new Step.Pause(20), new Step.Release());
      default -> Script.of(new Step.Reserve(lines, LONG_TTL_SECONDS), new Step.Commit());
    };
  }

  private Script impatient() {
    List<Wanted> lines = List.of(new Wanted(dice.below(2), dice.between(1, 3)));
    List<Step> steps = new ArrayList<>(sale(lines));
    steps.add(new Step.Repeat());
    steps.add(new Step.ReuseKey());
    return new Script(steps);
  }

  private List<Script> expiring() {
    Step reserve = new Step.Reserve(ONE, SHORT_TTL_SECONDS);
    Step commit = new Step.Commit();
    List<Script> scripts =
        new ArrayList<>(
            Stream.of(
                    Dice.repeat(25, () -> Script.of(reserve)),
                    Dice.repeat(15, () -> Script.of(reserve, dice.pause(200, 1_200), commit)),
                    Dice.repeat(15, () -> Script.of(reserve, new Step.AwaitExpiry(100), commit)),
                    Dice.repeat(
                        25,
                        () ->
                            Script.of(
                                reserve, new Step.AwaitExpiry(dice.between(-40, 20)), commit)))
                .flatMap(List::stream)
                .toList());
    dice.shuffle(scripts);
    int freedMillis = SHORT_TTL_SECONDS * 1_000 + 6_000;
    scripts.addAll(
        Dice.repeat(60, () -> Script.of(new Step.Pause(freedMillis), new Step.Purchase(ONE))));
    scripts.add(looking(36, 250, 0));
    return scripts;
  }

  /// Of 10,000 requests one in five brings stock, most of which is gone at once.
  private List<Script> restocking() {
    List<Script> scripts =
        new ArrayList<>(
            Stream.of(
                    Dice.repeat(200, () -> new Script(Dice.chain(39, this::buyingOne))),
                    Dice.repeat(50, () -> new Script(Dice.chain(40, this::bringing))),
                    Dice.repeat(4, () -> looking(50, 40, dice.below(3))))
                .flatMap(List::stream)
                .toList());
    dice.shuffle(scripts);
    return scripts;
  }

  private List<Step> buyingOne() {
    return List.of(new Step.Purchase(List.of(new Wanted(dice.below(3), 1))));
  }

  private List<Step> bringing() {
    return List.of(new Step.Receive(dice.below(3), Setting.MAIN, dice.between(1, 6)));
  }

  /// Looks at an item again and again.
  static Script looking(int times, int pauseMillis, int item) {
    List<Step> look = List.of(new Step.Read(item), new Step.Pause(pauseMillis));
    return new Script(Dice.chain(times, () -> look));
  }

  private Script persistent(int attempts) {
    return new Script(
        Dice.chain(
            attempts,
            () -> {
              List<Step> steps = new ArrayList<>(sale(List.of(new Wanted(dice.below(3), 1))));
              steps.add(dice.pause(150, 450));
              return steps;
            }));
  }

  private static List<List<Script>> dealt(List<Script> scripts, int processes) {
    return IntStream.range(0, processes)
        .mapToObj(
            process ->
                IntStream.range(0, scripts.size())
                    .filter(i -> i % processes == process)
                    .mapToObj(scripts::get)
                    .toList())
        .toList();
  }
}
