package io.holdfast.proof.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.report.Conclusion;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The prover against shops with one defect each, over real HTTP and with real client processes.
class CatchesDefectsTest {

  @ParameterizedTest
  @CsvSource({
    "NO_LOCK, OVERSELL, I1",
    "LAST_ONE_KEPT, OVERSELL, I2",
    "KEY_IGNORED, RETRY, I4",
    "KEY_UNBOUND, RETRY, I4",
    "FORGETFUL, BASIC, I10",
    "LATE_EFFECT, OVERSELL, I11",
    "PARTIAL, MULTI_LINE, I2",
    "HALF_KEPT, MULTI_LINE, I9",
    "RECEIPT_OVERWRITES, RESTOCK, I2"
  })
  void catchesTheDefect(Defect defect, Scenario scenario, Invariant invariant) throws Exception {
    RunResult result = AgainstFakeShop.run(defect, scenario, Interface.V1);
    assertEquals(Conclusion.VIOLATED, result.conclusion());
    assertInstanceOf(Verdict.Violated.class, result.judgement().of(invariant));
  }

  @ParameterizedTest
  @EnumSource(
      value = Scenario.class,
      names = {"BASIC", "OVERSELL", "PROCESSES", "MULTI_LINE", "RETRY", "RESTOCK"})
  void findsNothingWrongWithAShopThatIsRight(Scenario scenario) throws Exception {
    RunResult result = AgainstFakeShop.run(Defect.NONE, scenario, Interface.V1);
    assertEquals(Conclusion.PROVEN, result.conclusion(), () -> result.judgement().toString());
  }

  @ParameterizedTest
  @CsvSource({"NONE, PROVEN", "NO_LOCK, VIOLATED"})
  void judgesAShopWithPlainRoutes(Defect defect, Conclusion conclusion) throws Exception {
    RunResult result = AgainstFakeShop.run(defect, Scenario.OVERSELL, Interface.PLAIN);
    assertEquals(conclusion, result.conclusion(), () -> result.judgement().toString());
  }
}
