package io.holdfast.proof.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.proof.shop.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTableTest {

  @Test
  void setsEachResultBesideRowLockAndTheRawLimit() {
    String table =
        BenchTable.of(
            List.of(
                measure(Measure.RAW, "none", 64, 40_000),
                measure(Measure.IN_PROCESS, "combined", 64, 20_000),
                measure(Measure.IN_PROCESS, "row-lock", 64, 1_000),
                measure(Measure.IN_PROCESS, "row-lock", 1_000, 4_000)));
    String combined = table.lines().toList().get(2);
    assertTrue(combined.contains("20.0") && combined.contains("50%"), combined);
  }

  @Test
  void readsALineOfTheEngineAndLeavesOutWhatItDoesNotSay() throws Exception {
    String line =
        "{\"measure\":\"raw\",\"control\":\"none\",\"items\":1,\"callers\":64,\"lines\":1,"
            + "\"nodes\":1,\"per_second\":9033.0}";
    Measure read = JsonMapper.builder().build().readValue(line, Measure.class);
    assertEquals(line, Json.write(read));
  }

  private static Measure measure(String measure, String control, int callers, double perSecond) {
    return new Measure(
        measure, control, 1, callers, 1, 1, perSecond, 1.0, 2.0, null, null, null, null);
  }
}
