package io.holdfast.proof.workload;

/// So many of the plan's item of that index.
public record Wanted(int item, long quantity) {}
