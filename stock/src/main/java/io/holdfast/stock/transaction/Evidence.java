package io.holdfast.stock.transaction;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.store.Movements.Movement;
import io.holdfast.stock.store.StoredAnswer;
import java.time.Instant;

/// A row that is there if, and only if, a certain transaction committed.
///
/// The status of a transaction's id is not enough: a database that crashed gives ids that never
/// reached its log to others.
sealed interface Evidence {
  record OfMovement(Movement movement) implements Evidence {}

  record OfReservation(ReservationId reservation) implements Evidence {}

  record OfEnding(ReservationId reservation, Instant endedAt) implements Evidence {}

  record OfAnswer(StoredAnswer answer) implements Evidence {}

  /// A later change may have taken its place. Then ours is decided again: an extension never
  /// shortens, and a change of lines says which version it wants where that matters.
  record OfRewriting(ReservationId reservation, Instant changedAt) implements Evidence {}
}
