package io.holdfast.stock;

import java.util.Objects;

/// A tenant's policy as it stands.
///
/// @param version counts how often the tenant has chosen; 0: never, and the policy is the usual one
public record StockPolicyView(StockPolicy policy, long version) {
  public StockPolicyView {
    Objects.requireNonNull(policy, "policy");
  }
}
