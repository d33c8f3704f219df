package io.holdfast.proof.prove;

import io.holdfast.proof.history.HistoryFile;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.node.Controls;
import io.holdfast.proof.report.JsonReport;
import io.holdfast.proof.report.Report;
import io.holdfast.proof.report.TextReport;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Breakage;
import io.holdfast.proof.workload.Fault;
import io.holdfast.proof.workload.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line of the prover.
@Command(
    name = "prove",
    description = {
      "Attacks a shop with simultaneous buyers and faults, and checks what it answered.",
      "Without --target it starts nodes and a PostgreSQL of its own, and leaves nothing behind."
    },
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:PROVEN: every invariant that could be checked held",
      "1:VIOLATED: the calls or rows that show it are printed",
      "2:wrong usage",
      "3:INCONCLUSIVE: nothing violated, but too little was exercised",
      "4:the prover itself failed",
      " :With --compare: 0 if unprotected was violated and all others were proven"
    },
    footer = "")
public final class ProveCommand implements Callable<Integer> {

  private static final int MOST_STRIKES = 200;
  private static final int STRIKES_AMONG_ALL = 4;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description =
          "basic, oversell, processes, multi-line, retry, expiry, changes, locations, restock,"
              + " limits, kill, faults, numbers, outbox, payments, registration; several with"
              + " commas. Default: all (with --compare: oversell).")
  private List<String> scenarios = new ArrayList<>();

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "NAME",
      description =
          "What the scenario faults breaks, which is then the only one unless others are named:"
              + " kill-node, restart-nodes, pause-node, kill-database, kill-backend,"
              + " pause-database, kill-both, cut-connections, cut-at-commit, slow-database,"
              + " hold-rows. Default: all.")
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--strikes",
      paramLabel = "N",
      description =
          "How many things faults breaks, 1 to 200. Default: one of each; among all scenarios 4.")
  private @Nullable Integer strikes;

  @Option(
      names = "--control",
      paramLabel = "NAME",
      description =
          "Concurrency control of the nodes: combined (default), row-lock, optimistic,"
              + " serializable, conditional, fenced-lock, unprotected.")
  private @Nullable String control;

  @Option(
      names = "--compare",
      split = ",",
      paramLabel = "NAME",
      description = "Several controls side by side, such as unprotected,combined.")
  private List<String> compare = new ArrayList<>();

  @Option(names = "--nodes", paramLabel = "N", description = "Server nodes, 1 to 8.")
  private @Nullable Integer nodes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Replays the workload of an earlier run; it is on the last line.")
  private @Nullable Long seed;

  @Option(
      names = "--target",
      split = ",",
      paramLabel = "URL",
      description = "A running shop instead of our own nodes. It is bought from.")
  private List<String> targets = new ArrayList<>();

  @Option(names = "--key", paramLabel = "KEY", description = "Credential for --target.")
  private String key = "";

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "The tenant of --target in which people may register, for registration.")
  private @Nullable String tenant;

  @Option(
      names = "--interface",
      paramLabel = "v1|plain",
      description = "Routes of the shop: /v1/... (default), or /buy_ticket, /inventory, /reset.")
  private String kind = Interface.V1.word();

  @Option(
      names = "--db-url",
      paramLabel = "URL",
      description =
          "The database of --target, to check its rows too. What differs there already is told, and"
              + " no run is blamed for it.")
  private @Nullable String databaseUrl;

  @Option(
      names = "--history",
      paramLabel = "PATH",
      description = "Keeps every call as a line of JSON: a folder, or one file NAME.jsonl.")
  private @Nullable Path history;

  @Option(names = "--json", description = "Prints one JSON object instead of tables.")
  private boolean isJson;

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean unusedHelp;

  @Override
  public Integer call() throws Exception {
    Report report = new Prover(options()).prove();
    System.out.print(isJson ? JsonReport.of(report) + "\n" : TextReport.of(report));
    System.out.flush();
    return report.conclusion().exitCode();
  }

  ProveOptions options() {
    Optional<Target> target = target();
    if (databaseUrl != null && target.isEmpty()) {
      throw wrong("--db-url needs --target: our own nodes have a database of their own");
    }
    if (!compare.isEmpty() && (control != null || target.isPresent())) {
      throw wrong("--compare names the controls itself, and starts its own nodes");
    }
    if (control != null && target.isPresent()) {
      throw wrong("--control is for our own nodes, not for --target");
    }
    if (nodes != null && (nodes < 1 || nodes > 8)) {
      throw wrong("--nodes must be 1 to 8");
    }
    if (strikes != null && (strikes < 1 || strikes > MOST_STRIKES)) {
      throw wrong("--strikes must be 1 to " + MOST_STRIKES);
    }
    List<Breakage> breakages = breakages();
    List<String> controls =
        compare.isEmpty() ? List.of(control == null ? Controls.DEFAULT : control) : compare;
    Controls.fault(controls)
        .ifPresent(
            fault -> {
              throw wrong(fault);
            });
    return new ProveOptions(
        chosen(target),
        breakages,
        strikes == null ? usualStrikes(breakages) : strikes,
        controls,
        !compare.isEmpty(),
        nodes == null ? OptionalInt.empty() : OptionalInt.of(nodes),
        seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : seed,
        kind(),
        target,
        Optional.ofNullable(tenant),
        Optional.ofNullable(databaseUrl).map(Database::new),
        Optional.ofNullable(history).map(HistoryFile::new));
  }

  /// Among all scenarios a few of them, others with each seed.
  private int usualStrikes(List<Breakage> breakages) {
    return faults.isEmpty() && scenarios.isEmpty() ? STRIKES_AMONG_ALL : breakages.size();
  }

  private List<Breakage> breakages() {
    List<Breakage> named = new ArrayList<>();
    for (String word : faults) {
      String all = String.join(", ", Breakage.words());
      named.add(
          Breakage.named(word).orElseThrow(() -> wrong("no fault " + word + "; there are " + all)));
    }
    return named.isEmpty() ? List.of(Breakage.values()) : named.stream().distinct().toList();
  }

  private List<Scenario> chosen(Optional<Target> target) {
    boolean isAboutFaults = !faults.isEmpty() || strikes != null;
    if (isAboutFaults && scenarios.isEmpty()) {
      return List.of(chosen(Scenario.FAULTS.word(), target));
    }
    if (isAboutFaults && !scenarios.contains(Scenario.FAULTS.word())) {
      throw wrong("--faults and --strikes are of the scenario faults, which is not among those");
    }
    if (!scenarios.isEmpty()) {
      return scenarios.stream().map(word -> chosen(word, target)).toList();
    }
    List<Scenario> all =
        compare.isEmpty() ? List.of(Scenario.values()) : List.of(Scenario.OVERSELL);
    List<Scenario> possible = new ArrayList<>();
    for (Scenario scenario : all) {
      obstacle(scenario, target)
          .ifPresentOrElse(
              why -> System.err.println("left out: " + why), () -> possible.add(scenario));
    }
    return possible;
  }

  private Scenario chosen(String word, Optional<Target> target) {
    Scenario scenario =
        Scenario.named(word)
            .orElseThrow(
                () ->
                    wrong(
                        "no scenario "
                            + word
                            + "; there are "
                            + String.join(", ", Scenario.words())));
    obstacle(scenario, target)
        .ifPresent(
            why -> {
              throw wrong(why);
            });
    return scenario;
  }

  /// Why a shop can't take part in a scenario.
  private Optional<String> obstacle(Scenario scenario, Optional<Target> target) {
    boolean isSecured =
        target.stream().flatMap(given -> given.endpoints().stream()).anyMatch(Endpoint::tls);
    if (kind() == Interface.PLAIN && !scenario.isPlain()) {
      return Optional.of(
          scenario.word() + " needs more than a plain shop has, which sells one unit at a time");
    }
    if (target.isPresent() && scenario == Scenario.FAULTS) {
      return Optional.of(scenario.word() + " breaks nodes and database, and those are not ours");
    }
    if (target.isPresent() && scenario.fault() == Fault.KILL_NODE) {
      return Optional.of(scenario.word() + " kills a node, and those of --target are not ours");
    }
    if (target.isPresent() && scenario == Scenario.PAYMENTS) {
      return Optional.of(scenario.word() + " needs nodes that take money at the prover's till");
    }
    if (target.isPresent() && scenario == Scenario.REGISTRATION && tenant == null) {
      return Optional.of(scenario.word() + " makes accounts in a tenant, which --tenant names");
    }
    if (isSecured && scenario.fault().losesOneIn() > 0) {
      return Optional.of(
          scenario.word() + " loses answers one by one, which can't be done over TLS");
    }
    return Optional.empty();
  }

  private Optional<Target> target() {
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    for (String url : targets) {
      try {
        Endpoint.of(url);
      } catch (IllegalArgumentException malformed) {
        throw wrong("--target: " + malformed.getMessage());
      }
    }
    return Optional.of(new Target(kind(), key, targets));
  }

  private Interface kind() {
    return Arrays.stream(Interface.values())
        .filter(each -> each.word().equals(kind))
        .findFirst()
        .orElseThrow(() -> wrong("--interface must be v1 or plain"));
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException("not started as a command: " + message);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
