package io.holdfast.proof.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.proof.bench.result.Measure;
import io.holdfast.proof.bench.result.Measures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {

  private static final String COMMAND = "./holdfast bench --stored 5";

  @TempDir private Path folder;

  @Test
  void drawsEveryCurveTwiceAndShowsItOnThePage() throws IOException {
    List<String> warnings = new ArrayList<>();
    String page =
        Files.readString(BenchReport.write(folder, grid(), Map.of(), COMMAND, warnings::add));
    assertEquals(List.of(), warnings);
    for (String file :
        List.of("throughput-callers", "throughput-items", "p99-callers", "throughput-multi-line")) {
      assertTrue(Files.readString(folder.resolve(file + ".svg")).contains("<svg"), file);
      assertTrue(Files.size(folder.resolve(file + ".png")) > 5_000, file);
      assertTrue(page.contains("src=\"" + file + ".svg\""), file);
    }
  }

  @Test
  void saysWhatTheReaderSees() throws IOException {
    String page = page(grid());
    assertTrue(page.contains("combined reaches the most: 20,000 a second"), page);
    assertTrue(page.contains("row-lock collapses: with 2,000 callers it does 20% of its best."));
    assertTrue(page.contains("row-lock reaches 2,000 at most (64 callers), 10 times less."));
  }

  @Test
  void asksForNothingFromElsewhereAndNamesTheMachineAndTheCommand() throws IOException {
    String page = page(grid());
    assertFalse(page.contains("http:") || page.contains("https:") || page.contains("<script"));
    assertTrue(page.contains(COMMAND));
    assertTrue(page.contains("durability: fsync") && page.contains("A &amp; B"));
  }

  @Test
  void leavesOutACurveThatHasNoTwoPoints() throws IOException {
    Measures one = new Measures(List.of(measure("combined", 1, 64, 0, 1_000)));
    assertFalse(page(one).contains("<figure>"));
  }

  private String page(Measures measures) throws IOException {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("cpu", "A & B");
    machine.put("durability", Map.of("fsync", "on"));
    return Files.readString(BenchReport.write(folder, measures, machine, COMMAND, warning -> {}));
  }

  private static Measures grid() {
    return new Measures(
        List.of(
            measure("combined", 1, 1, 0, 1_000),
            measure("row-lock", 1, 1, 0, 1_100),
            measure("combined", 1, 64, 0, 15_000),
            measure("row-lock", 1, 64, 0, 2_000),
            measure("combined", 1, 2_000, 0, 20_000),
            measure("row-lock", 1, 2_000, 0, 400),
            measure("combined", 100, 64, 0, 12_000),
            measure("row-lock", 100, 64, 0, 5_000),
            measure("combined", 100, 64, 50, 9_000),
            measure("row-lock", 100, 64, 50, 3_000)));
  }

  private static Measure measure(
      String control, int items, int callers, int multiLinePercent, double perSecond) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("measure", Measure.IN_PROCESS);
    members.put("control", control);
    members.put("items", items);
    members.put("callers", callers);
    members.put("nodes", 1);
    members.put("multi_line_percent", multiLinePercent);
    members.put("per_second", perSecond);
    members.put("p99_ms", callers * 1_000.0 / perSecond);
    return Measure.of(members);
  }
}
