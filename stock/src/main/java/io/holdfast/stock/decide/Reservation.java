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
    List<HeldLine> lines,
    @Nullable Customer customer,
    Instant createdAt,
    @Nullable Instant expiresAt) {
  public Reservation {
    lines = List.copyOf(lines);
  }

  Reservation ended(ReservationState newState) {
    return new Reservation(id, newState, lines, customer, createdAt, expiresAt);
  }

  Reservation expiringAt(Instant newExpiresAt) {
    return new Reservation(id, state, lines, customer, createdAt, newExpiresAt);
  }
}
