package io.holdfast.proof.checker;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/// What is expected of the judgement of a story.
final class Verdicts {

  private Verdicts() {}

  static void assertViolated(Invariant invariant, Story story) {
    Verdict verdict = story.of(invariant);
    assertInstanceOf(Verdict.Violated.class, verdict, verdict::toString);
  }

  static void assertHeld(Invariant invariant, Story story) {
    Verdict verdict = story.of(invariant);
    assertInstanceOf(Verdict.Held.class, verdict, verdict::toString);
  }

  /// Among what was missing for the run to count.
  static void assertMissing(Story story, String... what) {
    List<String> missing = story.judgement().missing();
    assertTrue(missing.containsAll(List.of(what)), missing::toString);
  }
}
