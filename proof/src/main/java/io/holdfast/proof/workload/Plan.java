package io.holdfast.proof.workload;

import java.util.List;
import java.util.stream.IntStream;

/// A scenario drawn from a seed: the supply of each item, and the scripts of each client process.
public record Plan(Scenario scenario, long seed, List<Long> supply, List<List<Script>> processes) {

  public Plan {
    supply = List.copyOf(supply);
    processes = processes.stream().map(List::copyOf).toList();
  }

  public int buyers() {
    return processes.stream().mapToInt(List::size).sum();
  }

  /// Whether more of some item is asked for than there is, so that somebody has to be refused.
  public boolean isScarce() {
    return IntStream.range(0, supply.size()).anyMatch(item -> demand(item) > supply.get(item));
  }

  private long demand(int item) {
    return processes.stream().flatMap(List::stream).mapToLong(buyer -> buyer.demand(item)).sum();
  }
}
