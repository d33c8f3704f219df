package io.holdfast.stock.decide;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;

/// What a decision does to one reservation.
public sealed interface ReservationChange {
  record Made(Reservation reservation) implements ReservationChange {}

  /// It ends as it is.
  record Ended(ReservationId reservation, ReservationState state) implements ReservationChange {}

  /// Anything else; `after` is all of it.
  record Rewritten(Reservation after) implements ReservationChange {}
}
