package io.holdfast.proof.checker;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a check found of one invariant.
public sealed interface Verdict {

  /// Nothing speaks against it. `how` says what was looked at.
  record Held(String how) implements Verdict {}

  /// The calls or rows that show it.
  record Violated(List<String> evidence) implements Verdict {
    public Violated {
      evidence = List.copyOf(evidence);
    }
  }

  record NotChecked(String why) implements Verdict {}

  /// Held unless something was found.
  static Verdict of(String how, List<String> found) {
    return found.isEmpty() ? new Held(how) : new Violated(found);
  }

  /// Several looks at the same invariant: one violation is enough, one look is enough to have
  /// looked.
  static Verdict all(Verdict... looks) {
    List<Verdict> list = List.of(looks);
    List<String> violations =
        only(list, Violated.class).flatMap(violated -> violated.evidence().stream()).toList();
    if (!violations.isEmpty()) {
      return new Violated(violations);
    }
    String gaps =
        only(list, NotChecked.class).map(NotChecked::why).collect(Collectors.joining("; "));
    String held = only(list, Held.class).map(Held::how).collect(Collectors.joining("; "));
    if (held.isEmpty()) {
      return new NotChecked(gaps);
    }
    return new Held(gaps.isEmpty() ? held : held + " (not checked: " + gaps + ")");
  }

  private static <T extends Verdict> Stream<T> only(List<Verdict> verdicts, Class<T> kind) {
    return verdicts.stream().filter(kind::isInstance).map(kind::cast);
  }
}
