package io.holdfast.proof.prove;

import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.checker.Effects;
import io.holdfast.proof.checker.Evidence;
import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.checker.RowFindings;
import io.holdfast.proof.client.ClientJob;
import io.holdfast.proof.client.ClientProcess;
import io.holdfast.proof.fault.LossyProxy;
import io.holdfast.proof.fault.NodeKill;
import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.History;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.node.Node;
import io.holdfast.proof.report.Counts;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.rows.RowWatch;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Fault;
import io.holdfast.proof.workload.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One scenario in one arena: stock, release the buyers, break something, look, judge.
public final class ScenarioRun {

  private static final int ATTEMPT_MILLIS_MAX = 20_000;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final long READY_MILLIS_MAX = 60_000;
  private static final long RUN_MILLIS_MAX = 240_000;
  private static final long RELEASE_AFTER_NANOS = 200_000_000;
  private static final long KILL_AFTER_NANOS = 2_500_000_000L;
  private static final long DOWN_MILLIS = 700;

  /// A sold-out answer may come from the memory of a plain shop.
  private static final long SOLD_OUT_AGE_NANOS = 1_000_000_000;

  private final Arena arena;
  private final int nodes;
  private final String run;
  private final List<String> clientCommand;
  private final ChainFindings before;

  /// @param run names items, keys and customers; new for every run
  /// @param clientCommand how to start the prover's own main class
  /// @param before what the arena's database was like, which the run is not to be blamed for
  public ScenarioRun(
      Arena arena, int nodes, String run, List<String> clientCommand, ChainFindings before) {
    this.arena = arena;
    this.nodes = nodes;
    this.run = run;
    this.clientCommand = List.copyOf(clientCommand);
    this.before = before;
  }

  /// What a run gave: the result for the report, and the history behind it.
  ///
  /// @param after what the arena's database is like now
  public record Recorded(RunResult result, List<Event> events, ChainFindings after) {}

  /// What happened before the looking began.
  private record Rush(List<Event> events, int kills) {}

  public Recorded run(PlanSource plans) throws Exception {
    Target target = arena.target(nodes);
    try (Desk desk = new Desk(target)) {
      Stocked stocked = stock(desk, plans);
      Optional<RowWatch> watch =
          arena
              .database()
              .map(rows -> RowWatch.start(rows, List.copyOf(stocked.supply().keySet())));
      try {
        Rush rush = rush(stocked, target);
        return judge(desk, target, stocked, rush, watch);
      } finally {
        watch.ifPresent(RowWatch::close);
      }
    }
  }

  private record Stocked(Plan plan, Map<String, Long> supply) {}

  private Stocked stock(Desk desk, PlanSource plans) throws Exception {
    return switch (arena.kind()) {
      case V1 -> {
        Plan plan = plans.draw();
        yield new Stocked(plan, Stockroom.fill(desk, plan, run));
      }
      case PLAIN -> {
        Map<String, Long> supply = Stockroom.reset(desk);
        yield new Stocked(plans.drawPlain(supply.values().iterator().next()), supply);
      }
    };
  }

  private Rush rush(Stocked stocked, Target target) throws Exception {
    Plan plan = stocked.plan();
    boolean isLossy = plan.scenario().fault() == Fault.LOSE_FIRST_RESPONSE;
    List<LossyProxy> proxies = new ArrayList<>();
    List<ClientProcess> clients = new ArrayList<>();
    Tally tally = new Tally();
    String title = plan.scenario().word() + " " + arena.name();
    try (Progress _ = Progress.start(title, tally)) {
      List<String> doors = new ArrayList<>(target.urls());
      if (isLossy) {
        for (Endpoint shop : target.endpoints()) {
          proxies.add(LossyProxy.before(shop));
        }
        doors = proxies.stream().map(LossyProxy::url).toList();
      }
      for (int process = 0; process < plan.processes().size(); process++) {
        ClientJob job = job(stocked, target, doors, process);
        clients.add(ClientProcess.start(clientCommand, job, tally::add));
      }
      return release(clients, plan);
    } finally {
      clients.forEach(ClientProcess::close);
      proxies.forEach(LossyProxy::close);
    }
  }

  private ClientJob job(Stocked stocked, Target target, List<String> doors, int process) {
    return new ClientJob(
        process,
        run,
        target.kind(),
        target.credential(),
        doors,
        List.copyOf(stocked.supply().keySet()),
        stocked.plan().processes().get(process),
        ATTEMPT_MILLIS_MAX,
        PATIENCE_MILLIS);
  }

  private Rush release(List<ClientProcess> clients, Plan plan) throws Exception {
    for (ClientProcess client : clients) {
      client.awaitReady(READY_MILLIS_MAX);
    }
    long startNanos = Ticker.nanos() + RELEASE_AFTER_NANOS;
    for (ClientProcess client : clients) {
      client.go(startNanos);
    }
    Optional<NodeKill> kill =
        plan.scenario().fault() == Fault.KILL_NODE
            ? arena.victim().map(node -> killed(startNanos, node))
            : Optional.empty();
    List<Event> events = new ArrayList<>();
    for (ClientProcess client : clients) {
      events.addAll(client.history(RUN_MILLIS_MAX));
    }
    return new Rush(events, kill.isPresent() ? kill.get().kills() : 0);
  }

  private static NodeKill killed(long startNanos, Node node) {
    return NodeKill.at(startNanos + KILL_AFTER_NANOS, DOWN_MILLIS, node);
  }

  private Recorded judge(
      Desk desk, Target target, Stocked stocked, Rush rush, Optional<RowWatch> watch)
      throws Exception {
    long quietNanos = Ticker.nanos();
    Aftermath aftermath = new Aftermath(desk, target);
    List<Event> events = new ArrayList<>(rush.events());
    events.addAll(aftermath.read(stocked.supply().keySet()));
    History history = History.of(events);
    Effects effects = watch.isPresent() ? watch.get().effects(run) : aftermath.effects(history);
    RowFindings rows =
        watch.isPresent() ? watch.get().findings() : new RowFindings.NotAsked("no --db-url");
    ChainFindings after = arena.verify();
    Evidence evidence =
        new Evidence(
            stocked.plan(),
            history,
            stocked.supply(),
            quietNanos,
            arena.kind() == Interface.PLAIN ? SOLD_OUT_AGE_NANOS : 0,
            rush.kills(),
            effects,
            rows,
            after.since(before, stocked.supply().keySet()));
    Counts counts = Counts.of(history);
    RunResult result =
        new RunResult(
            arena.name(),
            stocked.plan(),
            target.urls().size(),
            counts,
            Judgement.of(evidence),
            before.differences());
    return new Recorded(result, events, after);
  }
}
