package io.holdfast.proof.prove;

import io.holdfast.proof.Main;
import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.node.Install;
import io.holdfast.proof.report.Report;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.till.Till;
import io.holdfast.proof.workload.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Tries every scenario under every control.
public final class Prover {

  private static final String CLIENT_HEAP = "-Xmx256m";

  private final ProveOptions options;

  public Prover(ProveOptions options) {
    this.options = options;
  }

  public Report prove() throws Exception {
    List<RunResult> runs = new ArrayList<>();
    if (options.target().isPresent()) {
      runs.addAll(runs(Arena.of(options.target().get(), options.database()), options.scenarios()));
    } else {
      Install install =
          Install.find().orElseThrow(() -> new IOException("the server is not built yet"));
      for (String control : options.controls()) {
        runs.addAll(own(install, control));
      }
    }
    return new Report(options.seed(), options.isComparison(), runs);
  }

  /// What breaks everything has a place of its own.
  private List<RunResult> own(Install install, String control) throws Exception {
    List<Scenario> whole = new ArrayList<>(options.scenarios());
    boolean hasFaults = whole.removeIf(scenario -> scenario == Scenario.FAULTS);
    List<RunResult> results = new ArrayList<>();
    if (!whole.isEmpty()) {
      results.addAll(runs(OwnArena.open(install, options.kind(), control), whole));
    }
    if (hasFaults) {
      Arena arena = OwnArena.openBreakable(install, options.kind(), control);
      results.addAll(runs(arena, List.of(Scenario.FAULTS)));
    }
    return results;
  }

  private List<RunResult> runs(Arena arena, List<Scenario> scenarios) throws Exception {
    List<RunResult> results = new ArrayList<>();
    try {
      ChainFindings before = arena.verify();
      for (Scenario scenario : scenarios) {
        int nodes = options.nodes().orElse(scenario.nodes());
        String file = scenario.word() + "-" + arena.name().replaceAll("[^a-z0-9-]+", "-");
        PlanSource plans =
            new PlanSource(scenario, options.seed(), options.faults(), options.strikes());
        Optional<FocusedRun> focused = focused(scenario, arena, nodes);
        if (focused.isPresent()) {
          FocusedRun.Recorded recorded = focused.get().run(plans, before);
          if (options.history().isPresent()) {
            options.history().get().appendLines(file, recorded.lines());
          }
          results.add(recorded.result());
          continue;
        }
        ScenarioRun.Recorded recorded =
            new ScenarioRun(arena, nodes, runName(), clientCommand(), before).run(plans);
        if (options.history().isPresent()) {
          options.history().get().append(file, recorded.events());
        }
        results.add(recorded.result());
        before = recorded.after();
      }
    } finally {
      arena.close();
    }
    return results;
  }

  private Optional<FocusedRun> focused(Scenario scenario, Arena arena, int nodes)
      throws IOException {
    return switch (scenario) {
      case BASIC,
          OVERSELL,
          PROCESSES,
          MULTI_LINE,
          RETRY,
          EXPIRY,
          CHANGES,
          LOCATIONS,
          RESTOCK,
          LIMITS,
          KILL,
          FAULTS ->
          Optional.empty();
      case NUMBERS -> Optional.of(new NumbersRun(arena, arena.target(nodes), runName()));
      case OUTBOX ->
          Optional.of(
              new OutboxRun(arena, arena.target(nodes), runName(), OutboxRun.Patience.USUAL));
      case PAYMENTS -> {
        Till till = arena.till().orElseThrow(() -> new IOException("nobody takes money there"));
        yield Optional.of(
            new PaymentsRun(
                arena, arena.target(nodes), till, runName(), PaymentsRun.Patience.USUAL));
      }
      case REGISTRATION -> {
        String tenant = options.tenant().orElse(OwnArena.SHOP);
        yield Optional.of(new RegistrationRun(arena, arena.target(nodes), tenant, runName()));
      }
    };
  }

  /// Not from the seed: a second run on the same shop must not meet the items of the first.
  private static String runName() {
    return "prove-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  /// This program once more.
  public static List<String> clientCommand() {
    return List.of(
        Install.ownJava().toString(),
        CLIENT_HEAP,
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }
}
