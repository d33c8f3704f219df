package io.holdfast.stock.transaction;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.store.Movements.Movement;
import io.holdfast.stock.store.StoredAnswer;
import java.time.Instant;

/// What a certain transaction has written, by which to find out whether it committed.
///
/// The status of a transaction's id is not enough: a database that crashed gives ids that never
/// reached its log to others.
sealed interface Evidence {
  /// A row that nobody changes is there if, and only if, the transaction committed.
  record OfMovement(Movement movement) implements Evidence {}

  record OfReservation(ReservationId reservation) implements Evidence {}

  record OfAnswer(StoredAnswer answer) implements Evidence {}

  /// A row that was there before, and that somebody else may have changed again since. Then it no
  /// longer tells.
  ///
  /// @param version that the transaction left
  record OfVersion(ReservationId reservation, long version, Instant writtenAt)
      implements Evidence {}
}
