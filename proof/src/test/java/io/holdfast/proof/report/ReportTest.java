package io.holdfast.proof.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.workload.Planner;
import io.holdfast.proof.workload.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Verdict HELD = new Verdict.Held("by looking");
  private static final Verdict VIOLATED = new Verdict.Violated(List.of("row 17"));

  @Test
  void endsWithProvenAndExitCode0() {
    Report report = report(false, run("combined", HELD, List.of()));
    assertEquals(0, report.conclusion().exitCode());
    assertTrue(lastLine(report).startsWith("PROVEN  1 run, 1 held, 0 violated, 15 not checked"));
    assertTrue(lastLine(report).endsWith("seed 42"));
  }

  @Test
  void endsWithViolatedAndExitCode1() {
    Report report = report(false, run("combined", VIOLATED, List.of("nothing overlapped")));
    assertEquals(1, report.conclusion().exitCode());
    assertTrue(lastLine(report).startsWith("VIOLATED"));
    assertTrue(TextReport.of(report).contains("row 17"));
  }

  @Test
  void endsWithInconclusiveAndExitCode3() {
    Report report = report(false, run("combined", HELD, List.of("nothing overlapped")));
    assertEquals(3, report.conclusion().exitCode());
    assertTrue(lastLine(report).startsWith("INCONCLUSIVE"));
    assertTrue(TextReport.of(report).contains("nothing overlapped"));
  }

  @Test
  void tellsWhatDifferedBeforeTheFirstRun() throws Exception {
    Report report = report(false, differing("row 18"), differing("row 18", "row 19"));
    assertEquals(0, report.conclusion().exitCode());
    String text = TextReport.of(report);
    assertTrue(text.contains("Before the first run 1 row differed already"), text);
    assertTrue(text.contains("    row 18\n"), text);
    assertFalse(text.contains("row 19"), text);
    JsonNode json = JsonMapper.builder().build().readTree(JsonReport.of(report));
    assertEquals("row 19", json.at("/runs/1/differed_before/1").asText());
  }

  @Test
  void isProvenInAComparisonWhenTheBrokenControlIsCaught() {
    Report report =
        report(true, run("unprotected", VIOLATED, List.of()), run("combined", HELD, List.of()));
    assertEquals(0, report.conclusion().exitCode());
    assertTrue(lastLine(report).startsWith("PROVEN  1 run, 1 held, 0 violated"));
    assertTrue(lastLine(report).endsWith("unprotected was caught"));
  }

  @Test
  void isInconclusiveInAComparisonWhenTheBrokenControlGetsAway() {
    Report report =
        report(true, run("unprotected", HELD, List.of()), run("combined", HELD, List.of()));
    assertEquals(3, report.conclusion().exitCode());
    assertTrue(lastLine(report).endsWith("unprotected got away"));
  }

  @Test
  void isViolatedInAComparisonWhenAnotherControlIs() {
    Report report =
        report(true, run("unprotected", VIOLATED, List.of()), run("combined", VIOLATED, List.of()));
    assertEquals(1, report.conclusion().exitCode());
  }

  @Test
  void tellsMachinesTheSame() throws Exception {
    Report report = report(false, run("combined", VIOLATED, List.of()));
    JsonNode json = JsonMapper.builder().build().readTree(JsonReport.of(report));
    assertEquals("VIOLATED", json.path("conclusion").asText());
    assertEquals(1, json.path("exit_code").asInt());
    JsonNode first = json.path("runs").path(0);
    assertEquals("oversell", first.path("scenario").asText());
    JsonNode oversold = first.path("invariants").path("I1");
    assertEquals("violated", oversold.path("verdict").asText());
    assertEquals("row 17", oversold.path("evidence").path(0).asText());
  }

  private static Report report(boolean isComparison, RunResult... runs) {
    return new Report(42, isComparison, List.of(runs));
  }

  private static RunResult run(String control, Verdict verdict, List<String> missing) {
    return run(control, verdict, missing, List.of());
  }

  private static RunResult differing(String... before) {
    return run("http://shop", HELD, List.of(), List.of(before));
  }

  private static RunResult run(
      String control, Verdict verdict, List<String> missing, List<String> before) {
    return new RunResult(
        control,
        Planner.draw(Scenario.OVERSELL, 42),
        1,
        new Counts(1_000, 100, 900, 0, 0, 500, 1.5, 20),
        new Judgement(Map.of(Invariant.I1, verdict), missing),
        before);
  }

  private static String lastLine(Report report) {
    return TextReport.of(report).lines().toList().getLast();
  }
}
