package io.holdfast.stock.transaction;

import io.holdfast.stock.store.RoundTrip;
import java.sql.SQLException;

/// What an attempt is made in: a transaction of the engine's own, or a part of the caller's.
/// Whoever opened it ends it.
interface Enclosure {
  Deadline deadline();

  /// Adds what comes before everything else.
  void begin(RoundTrip trip);

  /// Reads what came of that.
  void begun(RoundTrip trip) throws SQLException;
}
