package io.holdfast.proof.prove;

import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.history.Call;
import io.holdfast.proof.registration.Attempt;
import io.holdfast.proof.registration.OneAccountPerName;
import io.holdfast.proof.registration.Rush;
import io.holdfast.proof.report.Counts;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.rows.Accounts;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.shop.Json;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The scenario in which nobody buys: people register in one arena, and it is judged who has what.
final class RegistrationRun implements FocusedRun {

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

  @Override
  public Recorded run(PlanSource plans, ChainFindings before) throws Exception {
    Rush rush = new Rush(target.endpoints(), tenant, run);
    List<Attempt> attempts = rush.run();
    OneAccountPerName check = new OneAccountPerName(rush.names(), attempts);
    Verdict verdict = Verdict.all(check.judge(), rows(rush));
    RunResult result =
        new RunResult(
            arena.name(),
            plans.draw(),
            target.urls().size(),
            counts(attempts),
            Judgement.only(Map.of(Invariant.I21, verdict), "nothing is sold here", check.missing()),
            before.differences());
    return new Recorded(result, attempts.stream().map(Json::write).toList());
  }

  private Verdict rows(Rush rush) throws SQLException {
    Optional<Database> database = arena.database();
    return database.isEmpty()
        ? new Verdict.NotChecked("accounts: no --db-url")
        : Verdict.of(
            "one whole account per name in the rows", rush.wrong(Accounts.of(database.get(), run)));
  }

  private static Counts counts(List<Attempt> attempts) {
    return Counts.of(
        attempts.stream().map(each -> new Call.Span(each.startNanos(), each.endNanos())).toList(),
        0,
        attempts.stream().filter(Attempt::isTaken).count(),
        attempts.stream().filter(Attempt::isUnknown).count(),
        0);
  }
}
