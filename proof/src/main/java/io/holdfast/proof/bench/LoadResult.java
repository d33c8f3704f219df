package io.holdfast.proof.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a load process measured.
///
/// @param others answers that were no success, and connections lost
/// @param cpuPercent of the load process, 100 for one core
public record LoadResult(
    @JsonProperty("per_second") double perSecond,
    @JsonProperty("p50_ms") double p50Millis,
    @JsonProperty("p99_ms") double p99Millis,
    long others,
    @JsonProperty("cpu_percent") double cpuPercent) {}
