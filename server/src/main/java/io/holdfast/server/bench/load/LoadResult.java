package io.holdfast.server.bench.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What callers met with.
///
/// @param answered successes while it was measured
/// @param others answers meanwhile that were no success: the engine was busy
public record LoadResult(
    long answered, long others, Duration measured, Histogram latencyNanos, double cpuPercent) {

  public double perSecond() {
    return answered / (measured.toNanos() / 1e9);
  }

  public double millis(double percentile) {
    return latencyNanos.getValueAtPercentile(percentile) / 1e6;
  }

  /// Both together, as if it had been one longer measure.
  public LoadResult plus(LoadResult other) {
    Histogram both = latencyNanos.copy();
    both.add(other.latencyNanos);
    return new LoadResult(
        answered + other.answered,
        others + other.others,
        measured.plus(other.measured),
        both,
        (cpuPercent + other.cpuPercent) / 2);
  }

  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("per_second", (double) Math.round(perSecond()));
    members.put("p50_ms", Math.round(millis(50) * 1e3) / 1e3);
    members.put("p99_ms", Math.round(millis(99) * 1e3) / 1e3);
    members.put("cpu_percent", (double) Math.round(cpuPercent));
    if (others > 0) {
      members.put("others", others);
    }
    return members;
  }
}
