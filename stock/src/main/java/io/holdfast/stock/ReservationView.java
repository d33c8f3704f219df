package io.holdfast.stock;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A reservation as a reader sees it.
///
/// @param version counts its changes, from 1
/// @param lines as they are now: changed ones if it was changed, and what was committed if that was
///   a part
/// @param expiresAt null for a purchase
/// @param endedAt null while held
public record ReservationView(
    ReservationId id,
    ReservationState state,
    long version,
    @Nullable Customer customer,
    List<ReservedLine> lines,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant endedAt) {
  /// The version of a new one.
  public static final long FIRST_VERSION = 1;

  public ReservationView {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(state, "state");
    lines = Copies.of("lines", lines);
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /// `location` is null for an untracked item, of which nothing is set aside; `returned` is how
  /// much of it came back after it was committed.
  public record ReservedLine(Sku sku, @Nullable LocationId location, long quantity, long returned) {
    public ReservedLine {
      Objects.requireNonNull(sku, "sku");
    }
  }
}
