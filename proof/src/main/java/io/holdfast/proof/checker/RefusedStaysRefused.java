package io.holdfast.proof.checker;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// I11: a definite no never takes effect later.
record RefusedStaysRefused() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I11;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    return Verdict.all(effects(evidence, claims), ends(evidence, claims), drift(evidence, claims));
  }

  private static Verdict effects(Evidence evidence, Claims claims) {
    return switch (evidence.effects()) {
      case Effects.All all -> {
        Set<String> refused = refusedKeys(claims);
        yield Verdict.of(
            "no effect of a no",
            all.list().stream()
                .filter(effect -> refused.contains(String.valueOf(effect.customer())))
                .map(effect -> "refused, yet there: " + effect.describe())
                .toList());
      }
      case Effects.Acknowledged _ -> new Verdict.NotChecked("rows of refused calls: no --db-url");
      case Effects.Unseen unseen -> new Verdict.NotChecked("effects: " + unseen.why());
    };
  }

  /// Keys of claims that were refused with every request they were sent with.
  private static Set<String> refusedKeys(Claims claims) {
    return claims.operations().stream()
        .filter(operation -> operation.action().claims())
        .collect(Collectors.groupingBy(Operation::key))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue().stream().allMatch(each -> each.refused().isPresent()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Verdict ends(Evidence evidence, Claims claims) {
    List<String> found = new ArrayList<>();
    for (Effect effect : evidence.effects().seen()) {
      List<Operation> ends = claims.ends(effect.reservation());
      if (effect.state().equals("committed") && onlyRefused(ends, Action.COMMIT)) {
        found.add("every commit refused, yet " + effect.describe());
      }
      if (effect.state().equals("released") && onlyRefused(ends, Action.RELEASE)) {
        found.add("every release refused, yet " + effect.describe());
      }
    }
    return Verdict.of("refused commits and releases", found);
  }

  private static boolean onlyRefused(List<Operation> ends, Action action) {
    List<Operation> tried = ends.stream().filter(end -> end.action() == action).toList();
    return !tried.isEmpty() && tried.stream().allMatch(end -> end.refused().isPresent());
  }

  /// Once everybody has a definite answer, nothing may go any more.
  private static Verdict drift(Evidence evidence, Claims claims) {
    if (claims.operations().stream().anyMatch(Operation::isUnresolved)) {
      return new Verdict.NotChecked("stock afterwards: some calls have no definite answer");
    }
    List<String> found = new ArrayList<>();
    Map<String, Reads.Read> before = new HashMap<>();
    for (Reads.Read read : Reads.quiet(evidence, claims)) {
      Reads.Read earlier = before.put(read.sku(), read);
      if (earlier != null && read.available() < earlier.available()) {
        found.add(
            read.sku()
                + ": "
                + earlier.available()
                + " available after the last answer, then "
                + read.available());
      }
    }
    return Verdict.of("nothing gone after the last answer", found);
  }
}
