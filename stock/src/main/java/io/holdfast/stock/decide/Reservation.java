package io.holdfast.stock.decide;

import io.holdfast.stock.Customer;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reservation as decisions see it; `expiresAt` is null for a purchase, which was never held.
public record Reservation(
    ReservationId id,
    ReservationState state,
    long version,
    List<HeldLine> lines,
    @Nullable Customer customer,
    Instant createdAt,
    @Nullable Instant expiresAt) {

  public Reservation {
    lines = List.copyOf(lines);
  }

  boolean isDue(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  public Reservation ended(ReservationState newState) {
    return new Reservation(id, newState, version + 1, lines, customer, createdAt, expiresAt);
  }

  Reservation expiringAt(Instant newExpiresAt) {
    return new Reservation(id, state, version + 1, lines, customer, createdAt, newExpiresAt);
  }

  Reservation withLines(List<HeldLine> newLines) {
    return new Reservation(id, state, version + 1, newLines, customer, createdAt, expiresAt);
  }

  Reservation endedWith(List<HeldLine> newLines, ReservationState newState) {
    return new Reservation(id, newState, version + 1, newLines, customer, createdAt, expiresAt);
  }
}
