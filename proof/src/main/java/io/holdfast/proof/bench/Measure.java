package io.holdfast.proof.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/// One line of the results.
///
/// @param measure `raw`, `in-process`, `http`, or `route` for the one without database
/// @param items how many the work was spread over
/// @param callers who wait for an answer at the same time; over HTTP, connections
/// @param cpuPercent of the process that serves, 100 for one core
/// @param residentMib the most memory that it ever had resident
/// @param others answers that were no success
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({
  "measure",
  "control",
  "items",
  "callers",
  "lines",
  "nodes",
  "per_second",
  "p50_ms",
  "p99_ms"
})
public record Measure(
    String measure,
    String control,
    int items,
    int callers,
    int lines,
    int nodes,
    @JsonProperty("per_second") double perSecond,
    @JsonProperty("p50_ms") @Nullable Double p50Millis,
    @JsonProperty("p99_ms") @Nullable Double p99Millis,
    @JsonProperty("cpu_percent") @Nullable Double cpuPercent,
    @JsonProperty("load_cpu_percent") @Nullable Double loadCpuPercent,
    @JsonProperty("resident_mib") @Nullable Long residentMib,
    @Nullable Long others) {

  static final String RAW = "raw";
  static final String IN_PROCESS = "in-process";
  static final String HTTP = "http";
  static final String ROUTE = "route";

  /// Whether it is the same work under another control.
  boolean isBeside(Measure other) {
    return measure.equals(other.measure)
        && items == other.items
        && callers == other.callers
        && lines == other.lines
        && nodes == other.nodes;
  }
}
