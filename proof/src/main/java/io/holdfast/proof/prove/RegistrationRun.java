package io.holdfast.proof.prove;

import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.InFlight;
import io.holdfast.proof.registration.Attempt;
import io.holdfast.proof.registration.OneAccountPerName;
import io.holdfast.proof.registration.Rush;
import io.holdfast.proof.report.Counts;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.rows.Accounts;
import io.holdfast.proof.rows.Database;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// The scenario in which nobody buys: people register in one arena, and it is judged who has what.
final class RegistrationRun {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Arena arena;
  private final Target target;
  private final String tenant;
  private final String run;

  /// @param run names the accounts; new for every run
  RegistrationRun(Arena arena, Target target, String tenant, String run) {
    this.arena = arena;
    this.target = target;
    this.tenant = tenant;
    this.run = run;
  }

  /// What a run gave: the result for the report, and the attempts behind it.
  record Recorded(RunResult result, List<Attempt> attempts) {}

  /// @param before what the arena's database was like, which the run is not to be blamed for
  Recorded run(PlanSource plans, ChainFindings before) throws Exception {
    Rush rush = new Rush(target.endpoints(), tenant, run);
    List<Attempt> attempts = rush.run();
    OneAccountPerName check = new OneAccountPerName(rush.names(), attempts);
    Map<Invariant, Verdict> verdicts = new EnumMap<>(Invariant.class);
    for (Invariant invariant : Invariant.values()) {
      verdicts.put(invariant, new Verdict.NotChecked("nothing is sold here"));
    }
    verdicts.put(Invariant.I21, Verdict.all(check.judge(), rows(rush)));
    RunResult result =
        new RunResult(
            arena.name(),
            plans.draw(),
            target.urls().size(),
            counts(attempts),
            new Judgement(verdicts, check.missing()),
            before.differences());
    return new Recorded(result, attempts);
  }

  private Verdict rows(Rush rush) throws SQLException {
    Optional<Database> database = arena.database();
    return database.isEmpty()
        ? new Verdict.NotChecked("accounts: no --db-url")
        : Verdict.of(
            "one whole account per name in the rows", rush.wrong(Accounts.of(database.get(), run)));
  }

  private static Counts counts(List<Attempt> attempts) {
    Histogram latencies = new Histogram(3);
    for (Attempt attempt : attempts) {
      latencies.recordValue(attempt.endNanos() - attempt.startNanos());
    }
    return new Counts(
        attempts.size(),
        0,
        attempts.stream().filter(Attempt::isTaken).count(),
        attempts.stream().filter(Attempt::isUnknown).count(),
        0,
        InFlight.peak(
            attempts.stream()
                .map(each -> new Call.Span(each.startNanos(), each.endNanos()))
                .toList()),
        latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
        latencies.getValueAtPercentile(99) / NANOS_PER_MILLI);
  }
}
