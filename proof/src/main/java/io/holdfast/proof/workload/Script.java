package io.holdfast.proof.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One buyer from the start signal to the end.
///
/// @param customer the one for whom it buys, by number; null: a new one each time
public record Script(List<Step> steps, @Nullable Integer customer) {
  public Script {
    steps = List.copyOf(steps);
  }

  public Script(List<Step> steps) {
    this(steps, null);
  }

  public static Script of(Step... steps) {
    return new Script(List.of(steps));
  }

  /// How many units of an item it asks for, whatever it is answered.
  public long demand(int item) {
    return steps.stream().mapToLong(step -> demand(step, item)).sum();
  }

  private static long demand(Step step, int item) {
    return switch (step) {
      case Step.Purchase purchase -> total(purchase.lines(), item);
      case Step.Reserve reserve -> total(reserve.lines(), item);
      case Step.Together(var asks) -> asks.stream().mapToLong(ask -> demand(ask, item)).sum();
      case Step.Bundle(var asks) -> asks.stream().mapToLong(ask -> demand(ask, item)).sum();
      case Step.Replace _,
          Step.Change _,
          Step.Extend _,
          Step.Commit _,
          Step.Release _,
          Step.Return _,
          Step.Receive _,
          Step.Transfer _,
          Step.Count _,
          Step.Repeat _,
          Step.RepeatPart _,
          Step.ReuseKey _,
          Step.Read _,
          Step.AwaitExpiry _,
          Step.Pause _ ->
          0;
    };
  }

  private static long total(List<Wanted> lines, int item) {
    return lines.stream().filter(line -> line.item() == item).mapToLong(Wanted::quantity).sum();
  }
}
