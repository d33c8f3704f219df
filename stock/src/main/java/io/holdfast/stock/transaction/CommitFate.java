package io.holdfast.stock.transaction;

import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Borrowed;
import io.holdfast.stock.store.IdempotencyKeys;
import io.holdfast.stock.store.Movements;
import io.holdfast.stock.store.Reservations;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.StoredAnswer;
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
/// that could come too early. Aborted is aborted. But committed may have been somebody else's
/// transaction, since a database that crashed gives out again the ids that never reached its log:
/// so then it looks for a row that ours wrote.
final class CommitFate {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);

  private final DataSource database;
  private final Duration limit;
  private final Duration statementTimeout;

  CommitFate(DataSource database, Duration limit, Duration statementTimeout) {
    this.database = database;
    this.limit = limit;
    this.statementTimeout = statementTimeout;
  }

  /// Whether the transaction committed; a failure with the code OUTCOME_UNKNOWN when the database
  /// could not be asked in time, whatever the reason.
  boolean committed(TenantId tenant, String transactionId, Evidence evidence) {
    long start = System.nanoTime();
    @Nullable Exception last = null;
    for (Duration left = limit; left.isPositive(); left = leftSince(start)) {
      try (Borrowed borrowed = Borrowed.from(database)) {
        Question question = new Question(borrowed.connection(), tenant, timeout(left));
        Optional<Boolean> fate = question.ask(transactionId, evidence);
        if (fate.isPresent()) {
          return fate.get();
        }
      } catch (SQLException | RuntimeException e) {
        last = e;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new StockFailure(
        StockFailure.Code.OUTCOME_UNKNOWN,
        "transaction " + transactionId + " could not be asked about for " + limit,
        last);
  }

  private Duration leftSince(long startNanos) {
    return limit.minusNanos(System.nanoTime() - startNanos);
  }

  /// At least a millisecond, since the database takes zero for no limit.
  private Duration timeout(Duration left) {
    Duration shorter = left.compareTo(statementTimeout) < 0 ? left : statementTimeout;
    return shorter.compareTo(MIN_TIMEOUT) < 0 ? MIN_TIMEOUT : shorter;
  }

  /// Asks once, on one connection.
  private record Question(Connection connection, TenantId tenant, Duration statementTimeout) {
    /// Empty while the transaction is still running.
    Optional<Boolean> ask(String transactionId, Evidence evidence) throws SQLException {
      @Nullable String status = status(transactionId);
      if ("in progress".equals(status)) {
        return Optional.empty();
      }
      return Optional.of(!"aborted".equals(status) && exists(evidence));
    }

    /// Null when it is so long ago that the database has forgotten.
    private @Nullable String status(String transactionId) throws SQLException {
      try (RoundTrip trip = begin()) {
        trip.add(Transactions.STATUS_READ, transactionId);
        trip.send();
        try (ResultSet rows = trip.rows()) {
          rows.next();
          return rows.getString(1);
        }
      } catch (SQLException e) {
        if (SqlFault.isInvalidValue(e)) {
          // "In the future": the database crashed before the id reached its log.
          return "aborted";
        }
        throw e;
      }
    }

    /// In a transaction of its own, whose snapshot is younger than the status.
    private boolean exists(Evidence evidence) throws SQLException {
      connection.rollback();
      try (RoundTrip trip = begin()) {
        add(trip, evidence);
        trip.send();
        return trip.found();
      }
    }

    private RoundTrip begin() {
      RoundTrip trip = new RoundTrip(connection);
      Transactions.beginRead(trip, tenant, statementTimeout);
      return trip;
    }

    private void add(RoundTrip trip, Evidence evidence) {
      switch (evidence) {
        case Evidence.OfMovement(Movements.Movement movement) ->
            Movements.find(trip, tenant, movement);
        case Evidence.OfReservation made -> Reservations.find(trip, tenant, made.reservation());
        case Evidence.OfEnding ended ->
            Reservations.findEnded(trip, tenant, ended.reservation(), ended.endedAt());
        case Evidence.OfRewriting rewritten ->
            Reservations.findRewritten(
                trip, tenant, rewritten.reservation(), rewritten.changedAt());
        case Evidence.OfAnswer(StoredAnswer answer) ->
            IdempotencyKeys.findAnswer(trip, tenant, answer);
      }
    }
  }
}
