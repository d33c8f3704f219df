package io.holdfast.proof.workload;

import java.util.List;
import java.util.stream.IntStream;

/// A scenario drawn from a seed: what there is, and the scripts of each client process.
///
/// @param strikes what is broken meanwhile, in this order
public record Plan(
    Scenario scenario,
    long seed,
    Setting setting,
    List<List<Script>> processes,
    List<Breakage> strikes) {

  public Plan {
    strikes = List.copyOf(strikes);
    processes = processes.stream().map(List::copyOf).toList();
  }

  public List<Long> supply() {
    return setting.supply();
  }

  public int buyers() {
    return processes.stream().mapToInt(List::size).sum();
  }

  /// Whether more of some item is asked for than there is, so that somebody has to be refused.
  public boolean isScarce() {
    return IntStream.range(0, supply().size()).anyMatch(item -> demand(item) > supply().get(item));
  }

  private long demand(int item) {
    return processes.stream().flatMap(List::stream).mapToLong(buyer -> buyer.demand(item)).sum();
  }
}
