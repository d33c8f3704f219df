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

  /// The weakest: a later extension may have taken its place. Then ours is decided again, which
  /// does no harm, since an extension never shortens.
  record OfProlonging(ReservationId reservation, Instant expiresAt) implements Evidence {}
}
