package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// I19: what was broken and is mended works again soon, on every node, and nothing is left hanging.
record WorksAgain() implements Check {
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

  @Override
  public Invariant invariant() {
    return Invariant.I19;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    List<Struck> struck = evidence.struck();
    if (struck.isEmpty()) {
      return new Verdict.NotChecked("nothing is broken here");
    }
    List<String> found = new ArrayList<>();
    for (Struck each : struck) {
      found.addAll(late(each));
      if (each.stuck() > 0) {
        found.add(each.stuck() + " sessions idle in a transaction after " + each.breakage().word());
      }
    }
    long allWell = struck.getLast().mendedNanos() + MOST_NANOS;
    evidence
        .history()
        .writes()
        .filter(call -> call.span().start() > allWell && call.type() == EventType.UNKNOWN)
        .map(call -> "no definite answer long after the last repair: " + call.describe())
        .forEach(found::add);
    return Verdict.of("works again after " + struck.size() + " faults", found);
  }

  private static List<String> late(Struck struck) {
    if (struck.worksNanos().isEmpty()) {
      return List.of("never worked again after " + struck.breakage().word());
    }
    long took = struck.worksNanos().getAsLong() - struck.mendedNanos();
    return took <= MOST_NANOS
        ? List.of()
        : List.of(
            "worked again only %d ms after %s was mended"
                .formatted(TimeUnit.NANOSECONDS.toMillis(took), struck.breakage().word()));
  }

  /// Whether anybody wanted something before it worked again.
  static boolean wasFelt(Struck struck, List<Call> calls) {
    long until = struck.worksNanos().orElse(Long.MAX_VALUE);
    return calls.stream()
        .anyMatch(call -> call.span().start() < until && call.span().end() > struck.startNanos());
  }
}
