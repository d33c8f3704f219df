package io.holdfast.proof.prove;

import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.checker.Effects;
import io.holdfast.proof.checker.Evidence;
import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.checker.Opening;
import io.holdfast.proof.checker.RowFindings;
import io.holdfast.proof.checker.Struck;
import io.holdfast.proof.client.ClientJob;
import io.holdfast.proof.client.ClientProcess;
import io.holdfast.proof.fault.Breaker;
import io.holdfast.proof.fault.NodeKill;
import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.History;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Node;
import io.holdfast.proof.proxy.LossyProxy;
import io.holdfast.proof.report.Counts;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.rows.RowWatch;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Fault;
import io.holdfast.proof.workload.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One scenario in one arena: stock, release the buyers, break something, look, judge.
public final class ScenarioRun {

  private static final int ATTEMPT_MILLIS_MAX = 20_000;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final long READY_MILLIS_MAX = 60_000;
  private static final long RUN_MILLIS_MAX = 240_000;
  private static final long STRIKE_MILLIS_MAX = 15_000;
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
  private record Rush(List<Event> events, int kills, List<Struck> struck) {}

  public Recorded run(PlanSource plans) throws Exception {
    Target target = arena.target(nodes);
    try (Desk desk = new Desk(target)) {
      Clerk clerk = new Clerk(desk, target, run);
      Stocked stocked = stock(target, new Stockroom(desk, clerk, run), plans);
      Optional<Havoc> havoc = havoc(desk, stocked);
      Optional<RowWatch> watch = arena.database().map(rows -> watch(rows, stocked));
      try {
        Rush rush = rush(stocked, havoc);
        Aftermath aftermath = new Aftermath(desk, clerk, target.kind());
        long quietNanos = Ticker.nanos();
        aftermath.read(stocked.skus());
        List<Event> events = new ArrayList<>(rush.events());
        events.addAll(clerk.events());
        Seen seen = see(aftermath, History.of(events), watch);
        return judge(stocked, new Rush(events, rush.kills(), rush.struck()), quietNanos, seen);
      } finally {
        watch.ifPresent(RowWatch::close);
      }
    }
  }

  /// What breaks, and how it is seen to work again.
  private record Havoc(Breaker breaker, Recovery recovery) {
    Campaign begin(Plan plan, long startNanos, List<ClientProcess> clients) {
      Runnable enough = () -> clients.forEach(ClientProcess::enough);
      return Campaign.start(plan.strikes(), breaker, recovery, startNanos, enough);
    }
  }

  private Optional<Havoc> havoc(Desk desk, Stocked stocked) throws IOException {
    Plan plan = stocked.plan();
    if (plan.strikes().isEmpty()) {
      return Optional.empty();
    }
    Fleet fleet =
        arena.breakable().orElseThrow(() -> new IOException("what is not ours is not broken"));
    return Optional.of(
        new Havoc(
            new Breaker(fleet, stocked.skus(), plan.seed()),
            Recovery.prepare(desk, stocked.target(), new Database(fleet.superuserUrl()), run)));
  }

  private static RowWatch watch(Database rows, Stocked stocked) {
    return stocked.plan().strikes().isEmpty()
        ? RowWatch.start(rows, stocked.skus())
        : RowWatch.startPatient(rows, stocked.skus());
  }

  /// @param reservations that are held before anybody comes
  private record Stocked(Target target, Plan plan, Opening opening, List<String> reservations) {
    List<String> skus() {
      return List.copyOf(opening.stock().keySet());
    }
  }

  private Stocked stock(Target target, Stockroom stockroom, PlanSource plans) throws Exception {
    return switch (arena.kind()) {
      case V1 -> {
        Plan plan = plans.draw();
        Opening opening = stockroom.fill(plan.setting());
        yield new Stocked(target, plan, opening, stockroom.reserve(plan.setting()));
      }
      case PLAIN -> {
        Opening opening = stockroom.reset();
        long supply = opening.stock().values().iterator().next().onHand();
        yield new Stocked(target, plans.drawPlain(supply), opening, List.of());
      }
    };
  }

  private Rush rush(Stocked stocked, Optional<Havoc> havoc) throws Exception {
    Plan plan = stocked.plan();
    Target target = stocked.target();
    int losesOneIn = plan.scenario().fault().losesOneIn();
    List<LossyProxy> proxies = new ArrayList<>();
    List<ClientProcess> clients = new ArrayList<>();
    Tally tally = new Tally();
    String title = plan.scenario().word() + " " + arena.name();
    try (Progress _ = Progress.start(title, tally)) {
      List<String> doors = new ArrayList<>(target.urls());
      if (losesOneIn > 0) {
        for (Endpoint shop : target.endpoints()) {
          proxies.add(LossyProxy.before(shop, losesOneIn));
        }
        doors = proxies.stream().map(LossyProxy::url).toList();
      }
      for (int process = 0; process < plan.processes().size(); process++) {
        ClientJob job = job(stocked, doors, process);
        clients.add(ClientProcess.start(clientCommand, job, tally::add));
      }
      return release(clients, plan, havoc);
    } finally {
      clients.forEach(ClientProcess::close);
      proxies.forEach(LossyProxy::close);
    }
  }

  private ClientJob job(Stocked stocked, List<String> doors, int process) {
    return new ClientJob(
        process,
        run,
        stocked.target().kind(),
        stocked.target().credential(),
        doors,
        stocked.skus(),
        stocked.reservations(),
        stocked.plan().processes().get(process),
        ATTEMPT_MILLIS_MAX,
        PATIENCE_MILLIS);
  }

  private Rush release(List<ClientProcess> clients, Plan plan, Optional<Havoc> havoc)
      throws Exception {
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
    Optional<Campaign> campaign = havoc.map(each -> each.begin(plan, startNanos, clients));
    List<Event> events = new ArrayList<>();
    for (ClientProcess client : clients) {
      events.addAll(client.history(RUN_MILLIS_MAX + plan.strikes().size() * STRIKE_MILLIS_MAX));
    }
    List<Struck> struck = campaign.isPresent() ? campaign.get().struck() : List.of();
    return new Rush(events, kill.isPresent() ? kill.get().kills() : 0, struck);
  }

  private static NodeKill killed(long startNanos, Node node) {
    return NodeKill.at(startNanos + KILL_AFTER_NANOS, DOWN_MILLIS, node);
  }

  /// What is left behind, as it was looked at afterwards.
  private record Seen(Effects effects, RowFindings rows) {}

  private Seen see(Aftermath aftermath, History history, Optional<RowWatch> watch)
      throws Exception {
    return watch.isPresent()
        ? new Seen(watch.get().effects(run), watch.get().findings())
        : new Seen(aftermath.effects(history), new RowFindings.NotAsked("no --db-url"));
  }

  private Recorded judge(Stocked stocked, Rush rush, long quietNanos, Seen seen) throws Exception {
    History history = History.of(rush.events());
    ChainFindings after = arena.verify();
    Evidence evidence =
        new Evidence(
            stocked.plan(),
            history,
            stocked.opening(),
            quietNanos,
            arena.kind() == Interface.PLAIN ? SOLD_OUT_AGE_NANOS : 0,
            rush.kills(),
            rush.struck(),
            seen.effects(),
            seen.rows(),
            after.since(before, Set.copyOf(stocked.skus())));
    RunResult result =
        new RunResult(
            arena.name(),
            stocked.plan(),
            stocked.target().urls().size(),
            Counts.of(history),
            Judgement.of(evidence),
            before.differences());
    return new Recorded(result, rush.events(), after);
  }
}
