package io.holdfast.stock;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A reservation as a reader sees it; `expiresAt` is null for a purchase, `endedAt` while held.
public record ReservationView(
    ReservationId id,
    ReservationState state,
    @Nullable Customer customer,
    List<ReservedLine> lines,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant endedAt) {
  public ReservationView {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(state, "state");
    lines = Copies.of("lines", lines);
    Objects.requireNonNull(createdAt, "createdAt");
  }

  /// `location` is null for an untracked item, of which nothing is set aside.
  public record ReservedLine(Sku sku, @Nullable LocationId location, long quantity) {
    public ReservedLine {
      Objects.requireNonNull(sku, "sku");
    }
  }
}
