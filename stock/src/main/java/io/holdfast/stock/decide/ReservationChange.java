package io.holdfast.stock.decide;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import java.time.Instant;

/// What a decision does to one reservation.
public sealed interface ReservationChange {
  record Made(Reservation reservation) implements ReservationChange {}

  record Ended(ReservationId reservation, ReservationState state) implements ReservationChange {}

  record Prolonged(ReservationId reservation, Instant expiresAt) implements ReservationChange {}
}
