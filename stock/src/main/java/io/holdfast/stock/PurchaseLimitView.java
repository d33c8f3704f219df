package io.holdfast.stock;

import java.util.Objects;

/// A limit as it stands.
///
/// @param version counts how often it was set, from 1; one that was removed and set again begins
///   anew
public record PurchaseLimitView(PurchaseLimit limit, long version) {
  public PurchaseLimitView {
    Objects.requireNonNull(limit, "limit");
  }
}
