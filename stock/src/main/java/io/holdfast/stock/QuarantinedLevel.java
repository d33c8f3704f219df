package io.holdfast.stock;

import java.time.Instant;
import java.util.Objects;

/// A level on which nothing moves until it is corrected. Its names are as they stand in its row,
/// also where nobody but a person with rights in the database could have written them.
///
/// @param found what its row said
/// @param reason what is wrong with it, in words
/// @param since when it was found
public record QuarantinedLevel(
    String sku, String location, StockCount found, String reason, Instant since) {
  public QuarantinedLevel {
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(since, "since");
  }
}
