package io.holdfast.proof.checker;

import static io.holdfast.proof.checker.Verdicts.assertHeld;
import static io.holdfast.proof.checker.Verdicts.assertMissing;
import static io.holdfast.proof.checker.Verdicts.assertViolated;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.proof.workload.Breakage;
import io.holdfast.proof.workload.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A node that is killed a second long.
class FaultRulesTest {
  private static final long LATEST = 12_000;

  private static Story killed(@Nullable Long worksAt) {
    return Story.with(1_000)
        .in(Scenario.FAULTS)
        .buys("a", 0, 10)
        .breaks(Breakage.KILL_NODE, 1, 1_000, 2_000, worksAt)
        .hearsNothing("b", 1_500, 1_600)
        .buys("b", 2_100, 2_200);
  }

  @Test
  void whatWorksAgainWithinTenSecondsHolds() {
    assertHeld(Invariant.I19, killed(LATEST));
  }

  @Test
  void findsWhatWorksTooLateOrNeverAgain() {
    assertViolated(Invariant.I19, killed(LATEST + 1));
    assertViolated(Invariant.I19, killed(null));
  }

  @Test
  void findsSessionsThatAreLeftInATransaction() {
    assertViolated(Invariant.I19, killed(LATEST).leavesSessions(1));
  }

  @Test
  void findsACallWithoutAnAnswerLongAfterTheLastRepair() {
    assertHeld(Invariant.I19, killed(3_000L).hearsNothing("c", LATEST, LATEST + 10));
    assertViolated(Invariant.I19, killed(3_000L).hearsNothing("c", LATEST + 1, LATEST + 10));
  }

  @Test
  void countsNothingThatNobodyFelt() {
    Story story = killed(3_000L).breaks(Breakage.HOLD_ROWS, 3, 5_000, 6_000, 6_100L);
    assertMissing(story, "nobody was there at hold-rows");
    assertMissing(
        killed(3_000L).breaks(Breakage.CUT_AT_COMMIT, 0, 1_000, 3_000, 3_100L),
        "cut-at-commit had no effect");
  }

  @Test
  void whereNothingIsBrokenNothingIsSaid() {
    Story story = Story.with(10).buys("a", 0, 10);
    assertEquals(new Verdict.NotChecked("nothing is broken here"), story.of(Invariant.I19));
    assertEquals(
        List.of(),
        killed(3_000L).judgement().missing().stream()
            .filter(missing -> missing.contains("kill-node"))
            .toList());
  }
}
