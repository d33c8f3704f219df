package io.holdfast.stock.transaction;

import io.holdfast.stock.StockFailure;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Borrowed;
import io.holdfast.stock.store.FoundReservations;
import io.holdfast.stock.store.IdempotencyKeys;
import io.holdfast.stock.store.Movements;
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
/// so then it looks for what ours wrote. Where others have written over that, nobody knows, and
/// that is what is said: to do a command again that took effect would be to do it twice.
final class CommitFate {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);

  private final DataSource database;
  private final Duration limit;
  private final Duration statementTimeout;

  private enum Fate {
    COMMITTED,
    NOT_COMMITTED,
    /// It is too early to tell.
    PENDING,
    /// It will never be known.
    WRITTEN_OVER
  }

  CommitFate(DataSource database, Duration limit, Duration statementTimeout) {
    this.database = database;
    this.limit = limit;
    this.statementTimeout = statementTimeout;
  }

  /// Whether the transaction committed; a failure with the code OUTCOME_UNKNOWN when the database
  /// could not be asked in time, whatever the reason, or can't tell.
  boolean committed(TenantId tenant, String transactionId, Evidence evidence) {
    long start = System.nanoTime();
    @Nullable Exception last = null;
    for (Duration left = limit; left.isPositive(); left = leftSince(start)) {
      Fate fate = Fate.PENDING;
      try (Borrowed borrowed = Borrowed.from(database)) {
        Question question = new Question(borrowed.connection(), tenant, timeout(left));
        fate = question.ask(transactionId, evidence);
      } catch (SQLException | RuntimeException e) {
        last = e;
      }
      switch (fate) {
        case COMMITTED -> {
          return true;
        }
        case NOT_COMMITTED -> {
          return false;
        }
        case WRITTEN_OVER ->
            throw unknown(transactionId, "wrote a row that others have written again since", null);
        case PENDING -> LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    throw unknown(transactionId, "could not be asked about for " + limit, last);
  }

  private static StockFailure unknown(String transactionId, String why, @Nullable Exception cause) {
    return new StockFailure(
        StockFailure.Code.OUTCOME_UNKNOWN, "transaction " + transactionId + " " + why, cause);
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
    Fate ask(String transactionId, Evidence evidence) throws SQLException {
      @Nullable String status = status(transactionId);
      if ("in progress".equals(status)) {
        return Fate.PENDING;
      }
      return "aborted".equals(status) ? Fate.NOT_COMMITTED : look(evidence);
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
    private Fate look(Evidence evidence) throws SQLException {
      connection.rollback();
      try (RoundTrip trip = begin()) {
        add(trip, evidence);
        trip.send();
        return switch (evidence) {
          case Evidence.OfMovement _, Evidence.OfReservation _, Evidence.OfAnswer _ ->
              trip.found() ? Fate.COMMITTED : Fate.NOT_COMMITTED;
          case Evidence.OfVersion ours -> fate(ours, FoundReservations.version(trip));
        };
      }
    }

    /// Versions only go up: at one before ours it was never written by us, and at ours its time
    /// says who wrote it. An end keeps its time whatever comes after it.
    private static Fate fate(Evidence.OfVersion ours, Optional<FoundReservations.Version> found) {
      if (found.isPresent() && found.get().isOfThatInstant()) {
        return Fate.COMMITTED;
      }
      return found.isPresent() && found.get().number() <= ours.version()
          ? Fate.NOT_COMMITTED
          : Fate.WRITTEN_OVER;
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
        case Evidence.OfReservation made ->
            FoundReservations.find(trip, tenant, made.reservation());
        case Evidence.OfAnswer(StoredAnswer answer) ->
            IdempotencyKeys.findAnswer(trip, tenant, answer);
        case Evidence.OfVersion ours ->
            FoundReservations.findVersion(trip, tenant, ours.reservation(), ours.writtenAt());
      }
    }
  }
}
