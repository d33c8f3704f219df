package io.holdfast.proof.checker;

import static io.holdfast.proof.checker.Verdicts.assertHeld;
import static io.holdfast.proof.checker.Verdicts.assertMissing;
import static io.holdfast.proof.checker.Verdicts.assertViolated;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.shop.Codes;
import io.holdfast.proof.workload.Scenario;
import org.junit.jupiter.api.Test;

class JudgementTest {

  @Test
  void findsThatMoreWasSoldThanSupplied() {
    assertViolated(Invariant.I1, Story.with(1).buys("a", 0, 5).buys("b", 1, 6));
  }

  @Test
  void countsWhatWasReleasedAsFree() {
    assertHeld(
        Invariant.I1,
        Story.with(1)
            .reservesForASecond("a", 0, 5)
            .ends(Action.RELEASE, "a", 6, 9)
            .buys("b", 7, 12));
  }

  @Test
  void countsWhatIsReservedAsTaken() {
    assertViolated(Invariant.I1, Story.with(1).reservesForASecond("a", 0, 5).buys("b", 500, 510));
  }

  @Test
  void findsALevelBelowNothing() {
    assertViolated(Invariant.I1, Story.with(1).buys("a", 0, 5).sees(-1, 0, 10, 11));
  }

  @Test
  void findsThatSomebodyWasRefusedWhatWasThere() {
    assertViolated(
        Invariant.I2, Story.with(2).buys("a", 0, 5).isRefused("b", Codes.INSUFFICIENT_STOCK, 6, 9));
  }

  @Test
  void grantsThatAnOverlappingCallMayHaveBeenFirst() {
    assertHeld(
        Invariant.I2,
        Story.with(1)
            .buys("a", 0, 9)
            .isRefused("b", Codes.INSUFFICIENT_STOCK, 1, 3)
            .sees(0, 0, 10, 11));
  }

  @Test
  void findsUnitsThatNobodyBoughtAndNobodyHas() {
    assertViolated(Invariant.I2, Story.with(5).buys("a", 0, 5).sees(3, 0, 10, 11));
  }

  @Test
  void findsUnitsThatWereSoldAndAreStillThere() {
    assertViolated(Invariant.I2, Story.with(5).buys("a", 0, 5).sees(5, 0, 10, 11));
  }

  @Test
  void findsTwoAnswersToOneKey() {
    Story story = Story.with(5).hearsNothing("a", 0, 5).buys("a", 6, 9).leaves("a", "committed");
    assertHeld(Invariant.I4, story);
    assertViolated(Invariant.I4, story.leaves("r-other", "a", "committed"));
  }

  @Test
  void findsAKeyWithoutADefiniteAnswer() {
    assertViolated(Invariant.I4, Story.with(5).hearsNothing("a", 0, 5));
  }

  @Test
  void findsANoAfterAYes() {
    assertViolated(
        Invariant.I4, Story.with(5).buys("a", 0, 5).isRefused("a", Codes.INSUFFICIENT_STOCK, 6, 7));
  }

  @Test
  void findsThatSomethingAcknowledgedIsGone() {
    Story story = Story.with(5).buys("a", 0, 5);
    assertViolated(Invariant.I10, story);
    assertHeld(Invariant.I10, story.leaves("a", "committed"));
  }

  @Test
  void findsThatSomethingRefusedTookEffect() {
    Story story = Story.with(1).buys("a", 0, 5).leaves("a", "committed");
    story.isRefused("b", Codes.INSUFFICIENT_STOCK, 6, 9);
    assertHeld(Invariant.I11, story);
    assertViolated(Invariant.I11, story.leaves("b", "committed"));
  }

  @Test
  void findsThatStockGoesWhenEverybodyHasGone() {
    assertViolated(
        Invariant.I11, Story.with(5).buys("a", 0, 5).sees(4, 0, 10, 11).sees(3, 0, 20, 21));
  }

  @Test
  void findsAReservationThatEndedTwice() {
    assertViolated(
        Invariant.I12,
        Story.with(5)
            .reservesForASecond("a", 0, 5)
            .ends(Action.COMMIT, "a", 6, 9)
            .ends(Action.RELEASE, "a", 10, 12));
  }

  @Test
  void findsACommitAfterItsTime() {
    Story story = Story.with(5).reservesForASecond("a", 0, 5);
    assertViolated(Invariant.I12, story.ends(Action.COMMIT, "a", 1_006, 1_010));
  }

  @Test
  void grantsACommitThatRacedWithTheEnd() {
    Story story = Story.with(5).reservesForASecond("a", 0, 5).leaves("a", "committed");
    assertHeld(Invariant.I12, story.ends(Action.COMMIT, "a", 1_004, 1_010));
  }

  @Test
  void findsAReservationThatExpiredBeforeItsTime() {
    assertViolated(
        Invariant.I12,
        Story.with(5)
            .reservesForASecond("a", 0, 5)
            .failsToEnd(Action.COMMIT, "a", Codes.RESERVATION_EXPIRED, 500, 510));
  }

  @Test
  void findsStockThatDoesNotComeBackInTime() {
    Story story = Story.with(5).reservesForASecond("a", 0, 5).sees(5, 1, 5_900, 5_901);
    assertHeld(Invariant.I12, story);
    assertViolated(Invariant.I12, story.sees(5, 1, 6_006, 6_007));
  }

  @Test
  void callsARunInconclusiveInWhichNothingOverlapped() {
    Judgement judgement =
        Story.with(1)
            .buys("a", 0, 5)
            .isRefused("b", Codes.INSUFFICIENT_STOCK, 6, 9)
            .sees(0, 0, 10, 11)
            .leaves("a", "committed")
            .judgement();
    assertFalse(judgement.isViolated());
    assertTrue(judgement.isInconclusive());
    assertEquals("no two calls overlapped", judgement.missing().getFirst());
  }

  @Test
  void callsARunInconclusiveInWhichNobodyWasRefused() {
    assertMissing(
        Story.with(2).buys("a", 0, 5).buys("b", 1, 6),
        "nobody was refused, though more was wanted than there was");
  }

  @Test
  void callsARunInconclusiveInWhichNothingHadToBeAskedAgain() {
    assertMissing(
        Story.with(5).in(Scenario.RETRY).buys("a", 0, 5),
        "no call without an answer was resolved by its key");
  }

  @Test
  void callsARunInconclusiveInWhichNoNodeWasKilled() {
    assertMissing(
        Story.with(5).in(Scenario.KILL).hearsNothing("a", 0, 5).buys("a", 6, 9),
        "no node was killed");
  }

  @Test
  void callsARunInconclusiveInWhichNothingExpired() {
    assertMissing(
        Story.with(5).in(Scenario.EXPIRY).reservesForASecond("a", 0, 5),
        "no commit of an expired reservation was refused");
  }
}
