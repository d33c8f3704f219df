package io.holdfast.stock.transaction;

import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Movements;
import io.holdfast.stock.store.Reservations;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Finds out what became of a transaction whose COMMIT was sent and never answered.
///
/// First waits until the transaction is over, by the status of its id: a look at the rows before
/// that could come too early. Then looks for a row that it wrote: the id alone could belong to
/// somebody else by now, since a database that crashed gives out again what never reached its log.
final class CommitFate {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final String TRANSACTION_UNKNOWN = "22023";

  private final DataSource database;
  private final Duration limit;

  CommitFate(DataSource database, Duration limit) {
    this.database = database;
    this.limit = limit;
  }

  /// Whether the transaction committed; a failure with the code OUTCOME_UNKNOWN when the database
  /// could not be asked in time.
  boolean committed(TenantId tenant, String transactionId, Evidence evidence) {
    long start = System.nanoTime();
    @Nullable SQLException last = null;
    while (System.nanoTime() - start < limit.toNanos()) {
      try (Connection connection = database.getConnection()) {
        Optional<Boolean> fate = ask(connection, tenant, transactionId, evidence);
        if (fate.isPresent()) {
          return fate.get();
        }
      } catch (SQLException e) {
        last = e;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new StockFailure(
        StockFailure.Code.OUTCOME_UNKNOWN,
        "transaction " + transactionId + " could not be asked about for " + limit,
        last);
  }

  /// Empty while the transaction is still running.
  private static Optional<Boolean> ask(
      Connection connection, TenantId tenant, String transactionId, Evidence evidence)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      boolean running = "in progress".equals(status(connection, transactionId));
      return running ? Optional.empty() : Optional.of(exists(connection, tenant, evidence));
    } finally {
      connection.rollback();
    }
  }

  private static @Nullable String status(Connection connection, String transactionId)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(connection)) {
      trip.add(Transactions.STATUS_READ, transactionId);
      trip.send();
      try (ResultSet rows = trip.rows()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      if (!TRANSACTION_UNKNOWN.equals(e.getSQLState())) {
        throw e;
      }
      // "In the future": the database crashed before the id reached its log, so it is over.
      connection.rollback();
      return "lost";
    }
  }

  private static boolean exists(Connection connection, TenantId tenant, Evidence evidence)
      throws SQLException {
    Transactions.setTenant(connection, tenant);
    try (RoundTrip trip = new RoundTrip(connection)) {
      switch (evidence) {
        case Evidence.OfMovement(Movements.Movement movement) ->
            Movements.find(trip, tenant, movement);
        case Evidence.OfReservation made -> Reservations.find(trip, tenant, made.reservation());
        case Evidence.OfEnding ended ->
            Reservations.findEnded(trip, tenant, ended.reservation(), ended.endedAt());
        case Evidence.OfProlonging prolonged ->
            Reservations.findProlonged(
                trip, tenant, prolonged.reservation(), prolonged.expiresAt());
      }
      trip.send();
      return trip.found();
    }
  }
}
