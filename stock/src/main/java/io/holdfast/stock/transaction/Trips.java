package io.holdfast.stock.transaction;

import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// The round trips of one transaction, each with no more time than the transaction has left.
record Trips(Connection connection, Deadline deadline) {
  /// The one with which the transaction begins: none of its time is spent yet.
  RoundTrip first() {
    return new RoundTrip(connection);
  }

  /// For statements that come when some of the time is spent.
  RoundTrip next() {
    RoundTrip trip = new RoundTrip(connection);
    deadline.shortened().ifPresent(left -> Transactions.limit(trip, left));
    return trip;
  }

  /// The same for statements that somebody else sends.
  void limitOthers() throws SQLException {
    Optional<Duration> left = deadline.shortened();
    if (left.isPresent()) {
      try (RoundTrip trip = new RoundTrip(connection)) {
        Transactions.limit(trip, left.get());
        trip.send();
      }
    }
  }
}
