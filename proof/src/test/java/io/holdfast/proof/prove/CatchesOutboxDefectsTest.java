package io.holdfast.proof.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.report.Conclusion;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Scenario;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scenario `outbox` against shops that tell wrongly, and one that is right. All at the same
/// time, since each does little but wait until its orders are due.
class CatchesOutboxDefectsTest {
  /// With a shop that is wrong: the longer one waits, the longer nothing comes.
  private static final OutboxRun.Patience SHORT = new OutboxRun.Patience(0, 1_500, 1_500, 100);

  private static final OutboxRun.Patience LONG = new OutboxRun.Patience(0, 30_000, 30_000, 100);

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource({
    "EVENT_SHOWN_LATE, behind",
    "EVENT_OF_WHAT_WAS_REFUSED, tells of what was refused",
    "EVENT_MISSING, not told: place",
    "EVENT_TWICE, told more than once",
    "EVENTS_SWAPPED, comes first",
    "EXPIRES_EARLY, was due at",
    "WEBHOOK_SENT_ONCE, never delivered",
    "WEBHOOK_SIGNED_WRONG, is not signed with the secret",
    "WEBHOOKS_OVERTAKE, was sent before it had accepted"
  })
  void catchesTheDefect(Defect defect, String evidence) throws Exception {
    RunResult result = run(defect, SHORT);
    Verdict.Violated violated =
        assertInstanceOf(Verdict.Violated.class, result.judgement().of(Invariant.I13));
    assertTrue(
        violated.evidence().stream().anyMatch(line -> line.contains(evidence)), violated::toString);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void findsNothingWrongWithAShopThatIsRight() throws Exception {
    RunResult result = run(Defect.NONE, LONG);
    assertEquals(Conclusion.PROVEN, result.conclusion(), () -> result.judgement().toString());
  }

  private static RunResult run(Defect defect, OutboxRun.Patience patience) throws Exception {
    try (FakeShop shop = new FakeShop(defect)) {
      Target target = shop.target(Interface.V1);
      Arena arena = Arena.of(target, Optional.empty());
      return new OutboxRun(arena, target, "run", patience)
          .run(new PlanSource(Scenario.OUTBOX, 7), arena.verify())
          .result();
    }
  }
}
