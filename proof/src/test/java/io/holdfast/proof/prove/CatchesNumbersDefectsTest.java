package io.holdfast.proof.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.report.Conclusion;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Scenario;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scenario `numbers` against shops that number wrongly, and one that is right.
class CatchesNumbersDefectsTest {

  @ParameterizedTest
  @CsvSource({
    "NUMBER_BEFORE_STOCK, I7",
    "NUMBER_TWICE, I7",
    "NUMBERS_IN_BLOCKS, I7",
    "FORGETFUL, I10",
    "KEY_IGNORED, I4"
  })
  void catchesTheDefect(Defect defect, Invariant violated) throws Exception {
    RunResult result = run(defect);
    assertEquals(Conclusion.VIOLATED, result.conclusion(), () -> result.judgement().toString());
    assertInstanceOf(Verdict.Violated.class, result.judgement().of(violated));
  }

  @Test
  void findsNothingWrongWithAShopThatIsRight() throws Exception {
    RunResult result = run(Defect.NONE);
    assertEquals(Conclusion.PROVEN, result.conclusion(), () -> result.judgement().toString());
  }

  private static RunResult run(Defect defect) throws Exception {
    try (FakeShop shop = new FakeShop(defect)) {
      Target target = shop.target(Interface.V1);
      Arena arena = Arena.of(target, Optional.empty());
      return new NumbersRun(arena, target, "run")
          .run(new PlanSource(Scenario.NUMBERS, 7), arena.verify())
          .result();
    }
  }
}
