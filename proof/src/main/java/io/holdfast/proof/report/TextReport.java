package io.holdfast.proof.report;

import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The report for people: a table, then what it can't hold, then the last line.
public final class TextReport {

  private static final int EVIDENCE_LINES_MAX = 8;

  private TextReport() {}

  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(table(report)).append('\n');
    text.append(meaning()).append('\n');
    for (RunResult run : report.runs()) {
      text.append(details(run));
    }
    text.append(before(report));
    gaps(report).forEach((gap, where) -> text.append(gap).append(": ").append(where).append('\n'));
    return text.append('\n').append(report.lastLine()).append('\n').toString();
  }

  private static Table table(Report report) {
    List<String> head =
        new ArrayList<>(
            List.of(
                "scenario",
                "control",
                "nodes",
                "attempts",
                "sold",
                "refused",
                "unknown",
                "p50 ms",
                "p99 ms"));
    Arrays.stream(Invariant.values()).map(Invariant::name).forEach(head::add);
    head.add("verdict");
    Table table = new Table(head.toArray(String[]::new));
    report.runs().forEach(run -> table.add(row(run)));
    return table;
  }

  private static List<String> row(RunResult run) {
    Counts counts = run.counts();
    List<String> cells =
        new ArrayList<>(
            List.of(
                run.plan().scenario().word(),
                run.control(),
                Integer.toString(run.nodes()),
                "%,d".formatted(counts.attempts()),
                "%,d".formatted(counts.sold()),
                "%,d".formatted(counts.refused()),
                "%,d".formatted(counts.unknown()),
                "%.1f".formatted(counts.p50Millis()),
                "%.1f".formatted(counts.p99Millis())));
    for (Invariant invariant : Invariant.values()) {
      cells.add(
          switch (run.judgement().of(invariant)) {
            case Verdict.Held _ -> "held";
            case Verdict.Violated _ -> "VIOLATED";
            case Verdict.NotChecked _ -> "not checked";
          });
    }
    cells.add(run.conclusion().name());
    return cells;
  }

  private static String meaning() {
    StringBuilder text = new StringBuilder();
    for (Invariant invariant : Invariant.values()) {
      text.append(text.isEmpty() ? "" : ", ");
      text.append(invariant.name()).append(' ').append(invariant.words());
    }
    return text.append('\n').toString();
  }

  private static String details(RunResult run) {
    StringBuilder text = new StringBuilder();
    String title = run.plan().scenario().word() + ", " + run.control();
    for (Invariant invariant : Invariant.values()) {
      if (run.judgement().of(invariant) instanceof Verdict.Violated(var evidence)) {
        text.append(title).append(": ").append(invariant).append(' ');
        text.append(invariant.words()).append(" is violated\n");
        some(text, evidence);
      }
    }
    if (run.conclusion() == Conclusion.INCONCLUSIVE) {
      text.append(title).append(": too little was exercised\n");
      run.judgement().missing().forEach(line -> indent(text, line));
    }
    return text.toString();
  }

  /// What was there when the first run began: each later one begins where the one before it ended,
  /// and what came about in between was told there.
  private static String before(Report report) {
    List<String> differences = new ArrayList<>();
    report.runs().stream().findFirst().ifPresent(run -> differences.addAll(run.before()));
    if (differences.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("Before the first run ");
    text.append(differences.size() == 1 ? "1 row" : differences.size() + " rows");
    text.append(" differed already, which no run is blamed for\n");
    some(text, differences);
    return text.toString();
  }

  private static void some(StringBuilder text, List<String> lines) {
    lines.stream().limit(EVIDENCE_LINES_MAX).forEach(line -> indent(text, line));
    if (lines.size() > EVIDENCE_LINES_MAX) {
      indent(text, "and " + (lines.size() - EVIDENCE_LINES_MAX) + " more");
    }
  }

  private static void indent(StringBuilder text, String line) {
    text.append("    ").append(line).append('\n');
  }

  /// Why something was not checked, and in which runs.
  private static Map<String, String> gaps(Report report) {
    Map<String, String> gaps = new LinkedHashMap<>();
    for (Invariant invariant : Invariant.values()) {
      for (RunResult run : report.runs()) {
        if (run.judgement().of(invariant) instanceof Verdict.NotChecked(var why)) {
          String gap = invariant + " not checked, " + why;
          gaps.merge(gap, run.plan().scenario().word(), (all, one) -> all + ", " + one);
        }
      }
    }
    return gaps;
  }
}
