package io.holdfast.stock;

/// One business. Everything belongs to exactly one tenant, and every key starts with it.
public record TenantId(long value) {
  public TenantId {
    if (value <= 0) {
      throw new IllegalArgumentException("a tenant id is positive, not " + value);
    }
  }
}
