package io.holdfast.proof.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.proof.shop.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchTableTest {

  @Test
  void setsEachResultBesideRowLockAndTheRawLimit() {
    String table =
        BenchTable.of(
            new Measures(
                List.of(
                    measure(Measure.RAW, "none", 64, 40_000),
                    measure(Measure.IN_PROCESS, "combined", 64, 20_000),
                    measure(Measure.IN_PROCESS, "row-lock", 64, 1_000),
                    measure(Measure.IN_PROCESS, "row-lock", 1_000, 4_000))));
    String combined = table.lines().toList().get(2);
    assertTrue(combined.contains("20.0") && combined.contains("50%"), combined);
  }

  @Test
  void leavesOutTheColumnsThatNoResultHasAnythingFor() {
    String table =
        BenchTable.of(new Measures(List.of(measure(Measure.IN_PROCESS, "row-lock", 64, 1_000))));
    String head = table.lines().findFirst().orElseThrow();
    assertFalse(head.contains("deadlocks") || head.contains("stored"), head);
  }

  @Test
  void readsALineOfTheEngineAndLeavesOutWhatItDoesNotSay() throws Exception {
    String line =
        "{\"measure\":\"raw\",\"control\":\"none\",\"items\":1,\"callers\":64,\"lines\":1,"
            + "\"nodes\":1,\"multi_line_percent\":0,\"per_second\":9033.0}";
    assertEquals(line, Json.write(Measure.read(line)));
  }

  @Test
  void comparesOnlyTheSameShareOfMultiLineOrders() {
    Measure single = measure(Measure.IN_PROCESS, "row-lock", 64, 1_000);
    Measure multi =
        Measure.of(
            Map.of(
                "measure", Measure.IN_PROCESS,
                "control", "combined",
                "items", 1,
                "callers", 64,
                "nodes", 1,
                "multi_line_percent", 50,
                "per_second", 5_000));
    assertFalse(BenchTable.of(new Measures(List.of(single, multi))).contains("5.0"));
  }

  private static Measure measure(String measure, String control, int callers, double perSecond) {
    return Measure.of(
        Map.of(
            "measure",
            measure,
            "control",
            control,
            "items",
            1,
            "callers",
            callers,
            "lines",
            1,
            "nodes",
            1,
            "per_second",
            perSecond,
            "p50_ms",
            1.0,
            "p99_ms",
            2.0));
  }
}
