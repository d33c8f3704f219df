package io.holdfast.proof.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.report.Conclusion;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.till.Till;
import io.holdfast.proof.workload.Scenario;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scenario `payments` against shops that charge wrongly, and one that is right. All at the
/// same time, since each does little but wait until its orders are due.
class CatchesPaymentsDefectsTest {
  /// With a shop that is wrong: the longer one waits, the longer nothing comes.
  private static final PaymentsRun.Patience SHORT = new PaymentsRun.Patience(2_000);

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource({
    "CHARGED_BEFORE_STOCK, taken before its order was paid",
    // Whichever was lost: the answer to the first charge, or the first charge.
    "CHARGED_AGAIN, charged |took nothing",
    "LATE_PAYMENT_KEPT, and due is 0",
    "CANCELLED_AND_KEPT, which is cancelled",
    "LOST_ANSWER_LEFT, never settled",
    "EVENT_TAKEN_UNSIGNED, that nobody had signed"
  })
  void catchesTheDefect(Defect defect, String evidence) throws Exception {
    RunResult result = run(defect, SHORT);
    Verdict.Violated violated =
        assertInstanceOf(Verdict.Violated.class, result.judgement().of(Invariant.I22));
    assertTrue(
        violated.evidence().stream().anyMatch(Pattern.compile(evidence).asPredicate()),
        violated::toString);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void findsNothingWrongWithAShopThatIsRight() throws Exception {
    RunResult result = run(Defect.NONE, PaymentsRun.Patience.USUAL);
    assertEquals(Conclusion.PROVEN, result.conclusion(), () -> result.judgement().toString());
  }

  private static RunResult run(Defect defect, PaymentsRun.Patience patience) throws Exception {
    try (FakeShop shop = new FakeShop(defect);
        Till till = Till.open()) {
      shop.takesMoneyAt(till);
      Target target = shop.target(Interface.V1);
      Arena arena = Arena.of(target, Optional.empty());
      return new PaymentsRun(arena, target, till, "run", patience)
          .run(new PlanSource(Scenario.PAYMENTS, 7), arena.verify())
          .result();
    }
  }
}
