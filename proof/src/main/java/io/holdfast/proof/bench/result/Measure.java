package io.holdfast.proof.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One line of the results.
///
/// @param measure one of the names below
/// @param items how many the work was spread over
/// @param callers who wait for an answer at the same time; over HTTP, connections; 0 when they come
///   by the clock
/// @param lines the most that an order had
/// @param multiLinePercent share of the orders that had 2 or more lines
/// @param cpuPercent of the process that serves, 100 for one core
/// @param residentMib the most memory that it ever had resident
/// @param others answers that were no success
/// @param retries transactions done again
/// @param conflicts of them, those that the database ended
/// @param deadlocks of them, those that it ended to resolve a deadlock, where the engine says so
/// @param lockWaits transactions whose locks took longer than 5 ms
/// @param lockMillis how long the locks of a transaction took, on average
/// @param retried the retries by their cause
/// @param offeredPerSecond who came by the clock
/// @param stored reservations that were in the database already
/// @param expiring reservations that were due at once
/// @param flooding connections of another tenant at the same time
/// @param numbers what orders were numbered by
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({
  "measure",
  "control",
  "items",
  "callers",
  "lines",
  "nodes",
  "multi_line_percent",
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
    @JsonProperty("multi_line_percent") int multiLinePercent,
    @JsonProperty("per_second") double perSecond,
    @JsonProperty("p50_ms") @Nullable Double p50Millis,
    @JsonProperty("p99_ms") @Nullable Double p99Millis,
    @JsonProperty("cpu_percent") @Nullable Double cpuPercent,
    @JsonProperty("load_cpu_percent") @Nullable Double loadCpuPercent,
    @JsonProperty("resident_mib") @Nullable Long residentMib,
    @Nullable Long others,
    @Nullable Long transactions,
    @Nullable Long retries,
    @Nullable Long conflicts,
    @Nullable Long deadlocks,
    @JsonProperty("lock_waits") @Nullable Long lockWaits,
    @JsonProperty("lock_ms") @Nullable Double lockMillis,
    @Nullable Map<String, Long> retried,
    @JsonProperty("offered_per_second") @Nullable Double offeredPerSecond,
    @Nullable Long stored,
    @Nullable Long expiring,
    @Nullable Long flooding,
    @Nullable String numbers) {

  public static final String RAW = "raw";
  public static final String IN_PROCESS = "in-process";
  public static final String HTTP = "http";
  public static final String HTTP_ORDERS = "http-orders";
  public static final String NODES = "nodes";
  public static final String ROUTE = "route";
  public static final String PLAIN_JDBC = "plain-jdbc";
  public static final String MAXIMUM = "maximum";
  public static final String HALF_LOAD = "half-load";
  public static final String STORED = "stored";
  public static final String EXPIRY = "expiry";
  public static final String ORDERS = "orders";
  public static final String NEIGHBOUR = "neighbour";
  public static final String FLOOD = "flood";
  public static final String EXPIRY_BUYERS = "expiry-buyers";

  private static final ObjectReader READER = JsonMapper.builder().build().readerFor(Measure.class);

  public static Measure read(String line) throws IOException {
    return READER.readValue(line);
  }

  public static Measure of(Map<String, ?> members) {
    try {
      return READER.readValue(JsonMapper.builder().build().writeValueAsBytes(members));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no measure: " + members, e);
    } catch (IOException impossible) {
      throw new IllegalStateException("nothing was read", impossible);
    }
  }

  /// Whether it is the same work under another control.
  boolean isBeside(Measure other) {
    return measure.equals(other.measure)
        && items == other.items
        && callers == other.callers
        && multiLinePercent == other.multiLinePercent
        && nodes == other.nodes
        && Objects.equals(stored, other.stored)
        && Objects.equals(expiring, other.expiring)
        && Objects.equals(flooding, other.flooding)
        && Objects.equals(numbers, other.numbers);
  }
}
