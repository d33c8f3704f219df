package io.holdfast.proof.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Draws plans. The same scenario and seed give the same plan, on every machine.
public final class Planner {

  /// Long enough that nothing runs out where running out is not the subject.
  private static final int LONG_TTL_SECONDS = 600;

  private static final int SHORT_TTL_SECONDS = 2;
  private static final List<Wanted> ONE = List.of(new Wanted(0, 1));

  private final RandomGenerator random;

  private Planner(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  public static Plan draw(Scenario scenario, long seed) {
    Planner planner = new Planner(seed);
    List<Script> scripts = planner.scripts(scenario);
    return new Plan(scenario, seed, supply(scenario), dealt(scripts, scenario.processes()));
  }

  /// The same for a shop that knows only "buy one".
  public static Plan drawPlain(Scenario scenario, long seed, long supply) {
    List<Script> scripts =
        repeat(
            buyers(scenario),
            () -> new Script(repeat(attempts(scenario), () -> new Step.Purchase(ONE))));
    return new Plan(scenario, seed, List.of(supply), dealt(scripts, scenario.processes()));
  }

  private static int buyers(Scenario scenario) {
    return switch (scenario) {
      case BASIC -> 100;
      case OVERSELL -> 1_000;
      case PROCESSES, RETRY -> 200;
      case MULTI_LINE -> 300;
      case EXPIRY -> 80;
      case KILL -> 120;
    };
  }

  private static int attempts(Scenario scenario) {
    return switch (scenario) {
      case PROCESSES -> 5;
      case KILL -> 20;
      case BASIC, OVERSELL, MULTI_LINE, RETRY, EXPIRY -> 1;
    };
  }

  private static List<Long> supply(Scenario scenario) {
    return switch (scenario) {
      case BASIC, OVERSELL, PROCESSES -> List.of(100L);
      case MULTI_LINE -> Collections.nCopies(10, 120L);
      case RETRY -> List.of(80L, 1_000L);
      case EXPIRY -> List.of(60L);
      case KILL -> List.of(400L, 400L, 400L);
    };
  }

  private List<Script> scripts(Scenario scenario) {
    return switch (scenario) {
      case BASIC, OVERSELL, PROCESSES ->
          repeat(buyers(scenario), () -> new Script(sales(attempts(scenario))));
      case MULTI_LINE -> repeat(buyers(scenario), this::basket);
      case RETRY -> repeat(buyers(scenario), this::impatient);
      case EXPIRY -> expiring();
      case KILL -> repeat(buyers(scenario), () -> persistent(attempts(scenario)));
    };
  }

  private List<Step> sales(int attempts) {
    return repeat(attempts, () -> sale(ONE)).stream().flatMap(List::stream).toList();
  }

  /// Two of three buy at once, the third reserves first.
  private List<Step> sale(List<Wanted> lines) {
    return random.nextInt(3) < 2
        ? List.of(new Step.Purchase(lines))
        : List.of(new Step.Reserve(lines, LONG_TTL_SECONDS), new Step.Commit());
  }

  private Script basket() {
    List<Integer> items = new ArrayList<>(IntStream.range(0, 10).boxed().toList());
    shuffle(items);
    List<Wanted> lines =
        items.stream()
            .limit(random.nextInt(2, 6))
            .map(item -> new Wanted(item, random.nextInt(1, 4)))
            .toList();
    return switch (random.nextInt(4)) {
      case 0 -> Script.of(new Step.Purchase(lines));
      case 1 ->
          Script.of(
              new Step.Reserve(lines, LONG_TTL_SECONDS), new Step.Pause(20), new Step.Release());
      default -> Script.of(new Step.Reserve(lines, LONG_TTL_SECONDS), new Step.Commit());
    };
  }

  private Script impatient() {
    List<Wanted> lines = List.of(new Wanted(random.nextInt(2), random.nextInt(1, 3)));
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
                    repeat(25, () -> Script.of(reserve)),
                    repeat(
                        15,
                        () ->
                            Script.of(reserve, new Step.Pause(random.nextInt(200, 1_200)), commit)),
                    repeat(15, () -> Script.of(reserve, new Step.AwaitExpiry(100), commit)),
                    repeat(
                        25,
                        () ->
                            Script.of(
                                reserve, new Step.AwaitExpiry(random.nextInt(-40, 20)), commit)))
                .flatMap(List::stream)
                .toList());
    shuffle(scripts);
    int freedMillis = SHORT_TTL_SECONDS * 1_000 + 6_000;
    scripts.addAll(
        repeat(60, () -> Script.of(new Step.Pause(freedMillis), new Step.Purchase(ONE))));
    Stream<Step> look = Stream.of(new Step.Read(0), new Step.Pause(250));
    List<Step> looks = look.toList();
    scripts.add(new Script(repeat(36, () -> looks).stream().flatMap(List::stream).toList()));
    return scripts;
  }

  private Script persistent(int attempts) {
    return new Script(
        repeat(
                attempts,
                () -> {
                  List<Step> steps =
                      new ArrayList<>(sale(List.of(new Wanted(random.nextInt(3), 1))));
                  steps.add(new Step.Pause(random.nextInt(150, 450)));
                  return steps;
                })
            .stream()
            .flatMap(List::stream)
            .toList());
  }

  private <T> void shuffle(List<T> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
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

  private static <T> List<T> repeat(int times, Supplier<? extends T> drawn) {
    List<T> all = new ArrayList<>(times);
    for (int i = 0; i < times; i++) {
      all.add(drawn.get());
    }
    return all;
  }
}
