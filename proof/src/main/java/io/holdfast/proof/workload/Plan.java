package io.holdfast.proof.workload;

import java.util.List;

/// A scenario drawn from a seed: the supply of each item, and the scripts of each client process.
public record Plan(Scenario scenario, long seed, List<Long> supply, List<List<Script>> processes) {

  public Plan {
    supply = List.copyOf(supply);
    processes = processes.stream().map(List::copyOf).toList();
  }

  public int buyers() {
    return processes.stream().mapToInt(List::size).sum();
  }

  /// Whether more is asked for than there is, so that somebody has to be refused.
  public boolean isScarce() {
    long demand = processes.stream().flatMap(List::stream).mapToLong(Script::demand).sum();
    return demand > supply.stream().mapToLong(Long::longValue).sum();
  }
}
