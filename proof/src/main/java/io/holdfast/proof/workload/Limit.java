package io.holdfast.proof.workload;

/// How much one customer may have of the plan's item of that index within a time.
public record Limit(int item, long maxQuantity, int windowSeconds) {}
