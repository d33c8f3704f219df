package io.holdfast.proof.workload;

import java.util.List;

/// One buyer from the start signal to the end.
public record Script(List<Step> steps) {
  public Script {
    steps = List.copyOf(steps);
  }

  public static Script of(Step... steps) {
    return new Script(List.of(steps));
  }

  /// How many units of an item it asks for, whatever it is answered.
  public long demand(int item) {
    return steps.stream()
        .mapToLong(
            step ->
                switch (step) {
                  case Step.Purchase purchase -> total(purchase.lines(), item);
                  case Step.Reserve reserve -> total(reserve.lines(), item);
                  case Step.Commit _,
                      Step.Release _,
                      Step.Repeat _,
                      Step.ReuseKey _,
                      Step.Read _,
                      Step.AwaitExpiry _,
                      Step.Pause _ ->
                      0;
                })
        .sum();
  }

  private static long total(List<Wanted> lines, int item) {
    return lines.stream().filter(line -> line.item() == item).mapToLong(Wanted::quantity).sum();
  }
}
