package io.holdfast.stock;

import io.holdfast.stock.StockVerifier.Difference;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Something that an audit found and that no correction of a level puts right.
///
/// @param id of the tenant's findings, the later the higher
/// @param lastSeenAt by the last round that looked
/// @param acknowledgement who knows of it; empty: nobody has said so
public record Finding(
    long id,
    Difference difference,
    Instant firstSeenAt,
    Instant lastSeenAt,
    Optional<Acknowledgement> acknowledgement) {
  public Finding {
    Objects.requireNonNull(difference, "difference");
    Objects.requireNonNull(firstSeenAt, "firstSeenAt");
    Objects.requireNonNull(lastSeenAt, "lastSeenAt");
    Objects.requireNonNull(acknowledgement, "acknowledgement");
  }

  /// That a person knows of it.
  public record Acknowledgement(String by, String reason, Instant at) {
    public Acknowledgement {
      Objects.requireNonNull(by, "by");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(at, "at");
    }
  }
}
