package io.holdfast.stock.transaction;

import io.holdfast.stock.Customer;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.decide.LevelKey;

/// A row that somebody outside holds.
public sealed interface HeldRow extends Undecided {
  record OfReservation(ReservationId reservation) implements HeldRow {}

  record OfTally(Customer customer) implements HeldRow {}

  record OfLevel(LevelKey level) implements HeldRow {}
}
