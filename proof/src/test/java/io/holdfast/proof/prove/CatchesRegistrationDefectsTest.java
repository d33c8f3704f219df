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
import org.junit.jupiter.params.provider.EnumSource;

/// The scenario `registration` against doors that are wrong, and one that is right.
class CatchesRegistrationDefectsTest {

  @ParameterizedTest
  @EnumSource(
      value = Defect.class,
      names = {"NAME_LOOKED_UP", "NAMES_BY_LETTER", "NAME_TAKEN_IS_A_FAULT"})
  void catchesTheDefect(Defect defect) throws Exception {
    RunResult result = run(defect);
    assertEquals(Conclusion.VIOLATED, result.conclusion(), () -> result.judgement().toString());
    assertInstanceOf(Verdict.Violated.class, result.judgement().of(Invariant.I21));
  }

  @Test
  void findsNothingWrongWithADoorThatIsRight() throws Exception {
    RunResult result = run(Defect.NONE);
    assertEquals(Conclusion.PROVEN, result.conclusion(), () -> result.judgement().toString());
  }

  private static RunResult run(Defect defect) throws Exception {
    try (FakeShop shop = new FakeShop(defect)) {
      Target target = shop.target(Interface.V1);
      Arena arena = Arena.of(target, Optional.empty());
      return new RegistrationRun(arena, target, "tenant", "run")
          .run(new PlanSource(Scenario.REGISTRATION, 7), arena.verify())
          .result();
    }
  }
}
