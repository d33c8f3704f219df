package io.holdfast.proof.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Node;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.till.Till;
import io.holdfast.proof.workload.Scenario;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A run on somebody's shop whose database differs somewhere already.
class DifferedBeforeTest {
  private static final String OLD =
      "level is its newest movement | fudge/main | expected 9 1 3 | found 8 1 3";

  @Test
  void aRunIsBlamedForWhatDiffersAtItsItemsAndNotForWhatDifferedBefore() throws Exception {
    String own = OLD.replace("fudge", "prove-own-0");
    RunResult result = run(new ChainFindings.Broken(List.of(OLD, own)));
    assertEquals(
        List.of(own),
        assertInstanceOf(Verdict.Violated.class, result.judgement().of(Invariant.I5)).evidence());
    assertEquals(List.of(OLD), result.before());
  }

  private static RunResult run(ChainFindings after) throws Exception {
    try (FakeShop shop = new FakeShop(Defect.NONE)) {
      Arena arena = new DifferingArena(shop.target(), after);
      ChainFindings before = new ChainFindings.Broken(List.of(OLD));
      return new ScenarioRun(arena, 1, "prove-own", Prover.clientCommand(), before)
          .run(new PlanSource(Scenario.BASIC, 7))
          .result();
    }
  }

  /// A shop that is right, on a database that is not.
  private record DifferingArena(Target target, ChainFindings verify) implements Arena {

    @Override
    public String name() {
      return target.urls().getFirst();
    }

    @Override
    public Interface kind() {
      return target.kind();
    }

    @Override
    public Target target(int nodes) {
      return target;
    }

    @Override
    public Optional<Database> database() {
      return Optional.empty();
    }

    @Override
    public Optional<Till> till() {
      return Optional.empty();
    }

    @Override
    public Optional<Node> victim() {
      return Optional.empty();
    }

    @Override
    public Optional<Fleet> breakable() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // The shop is closed by whoever opened it.
    }
  }
}
