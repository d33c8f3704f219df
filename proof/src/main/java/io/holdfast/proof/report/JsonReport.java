package io.holdfast.proof.report;

import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.shop.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The report for machines: one object.
public final class JsonReport {

  private JsonReport() {}

  public static String of(Report report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("conclusion", report.conclusion().name());
    json.put("exit_code", report.conclusion().exitCode());
    json.put("seed", report.seed());
    json.put("comparison", report.isComparison());
    json.put("runs", report.runs().stream().map(JsonReport::run).toList());
    return Json.write(json);
  }

  private static Map<String, Object> run(RunResult run) {
    Counts counts = run.counts();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("scenario", run.plan().scenario().word());
    json.put("control", run.control());
    json.put("nodes", run.nodes());
    json.put("buyers", run.plan().buyers());
    json.put("attempts", counts.attempts());
    json.put("sold", counts.sold());
    json.put("refused", counts.refused());
    json.put("unknown", counts.unknown());
    json.put("resolved", counts.resolved());
    json.put("peak_in_flight", counts.peakInFlight());
    json.put("p50_ms", counts.p50Millis());
    json.put("p99_ms", counts.p99Millis());
    json.put("invariants", invariants(run));
    json.put("conclusion", run.conclusion().name());
    json.put("not_exercised", run.judgement().missing());
    json.put("differed_before", run.before());
    return json;
  }

  private static Map<String, Object> invariants(RunResult run) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Invariant invariant : Invariant.values()) {
      json.put(
          invariant.name(),
          switch (run.judgement().of(invariant)) {
            case Verdict.Held held -> Map.of("verdict", "held", "by", held.how());
            case Verdict.Violated violated ->
                Map.of("verdict", "violated", "evidence", List.copyOf(violated.evidence()));
            case Verdict.NotChecked not -> Map.of("verdict", "not_checked", "why", not.why());
          });
    }
    return json;
  }
}
