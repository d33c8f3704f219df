package io.holdfast.proof.bench.result;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// All lines of a run.
public record Measures(List<Measure> all) {
  public static final String BASE = "row-lock";
  public static final String OURS = "combined";

  public Measures {
    all = List.copyOf(all);
  }

  public Stream<Measure> of(String measure) {
    return all.stream().filter(each -> each.measure().equals(measure));
  }

  /// In process, in the order in which they were measured.
  public List<String> controls() {
    return of(Measure.IN_PROCESS).map(Measure::control).distinct().toList();
  }

  Optional<Measure> beside(Measure measure, String control) {
    return all.stream()
        .filter(each -> each.control().equals(control) && each.isBeside(measure))
        .findFirst();
  }

  /// What a control did in process.
  public List<Measure> of(String control, Predicate<Measure> under) {
    return of(Measure.IN_PROCESS)
        .filter(each -> each.control().equals(control))
        .filter(under)
        .toList();
  }
}
