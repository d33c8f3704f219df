package io.holdfast.proof.history;

/// So many of one item.
public record Line(String sku, long quantity) {}
