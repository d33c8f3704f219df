package io.holdfast.proof.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.report.Conclusion;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The prover against shops whose reservations end wrongly. All at the same time, since each does
/// little but wait until its reservations are due.
class CatchesExpiryDefectsTest {

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource({
    "EXPIRES_EARLY, I12",
    "NEVER_EXPIRES, I12",
    "COMMITS_EXPIRED, I12",
    "EXPIRES_COMMITTED, I1"
  })
  void catchesTheDefect(Defect defect, Invariant invariant) throws Exception {
    RunResult result = AgainstFakeShop.run(defect, Scenario.EXPIRY, Interface.V1);
    assertEquals(Conclusion.VIOLATED, result.conclusion());
    assertInstanceOf(Verdict.Violated.class, result.judgement().of(invariant));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void findsNothingWrongWithAShopThatIsRight() throws Exception {
    RunResult result = AgainstFakeShop.run(Defect.NONE, Scenario.EXPIRY, Interface.V1);
    assertEquals(Conclusion.PROVEN, result.conclusion(), () -> result.judgement().toString());
  }
}
