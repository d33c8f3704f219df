package io.holdfast.proof.prove;

import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Scenario;
import java.util.Locale;
import java.util.Optional;

/// One scenario against a shop that has one defect, over real HTTP and with real client processes.
final class AgainstFakeShop {
  private static final long SEED = 7;

  private AgainstFakeShop() {}

  static RunResult run(Defect defect, Scenario scenario, Interface kind) throws Exception {
    try (FakeShop shop = new FakeShop(defect)) {
      Arena arena = Arena.of(shop.target(kind), Optional.empty());
      String name = "test-" + defect.name().toLowerCase(Locale.ROOT).replace('_', '-');
      return new ScenarioRun(arena, 1, name, Prover.clientCommand(), arena.verify())
          .run(new PlanSource(scenario, SEED))
          .result();
    }
  }
}
