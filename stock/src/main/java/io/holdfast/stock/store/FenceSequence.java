package io.holdfast.stock.store;

import io.holdfast.stock.FenceEpochs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/// The sequence from which the epochs of fencing tokens come.
public final class FenceSequence implements FenceEpochs {
  public static final String EPOCH_NEXT = "SELECT nextval('holdfast.fence_epochs')";

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final DataSource database;

  public FenceSequence(DataSource database) {
    this.database = database;
  }

  /// Commits: only that brings a sequence's step to disk, and after a crash of the database one
  /// that is not there would be taken again. Whoever draws at the same moment as another may get
  /// ahead of that by an instant; then it is the versions alone that keep the counts right.
  @Override
  public long next() {
    try (Borrowed borrowed = Borrowed.from(database);
        RoundTrip trip = new RoundTrip(borrowed.connection())) {
      Transactions.limit(trip, TIMEOUT);
      trip.add(EPOCH_NEXT);
      trip.send();
      long epoch = epoch(trip);
      borrowed.connection().commit();
      return epoch;
    } catch (SQLException e) {
      throw SqlFault.of(e).failure(e);
    }
  }

  private static long epoch(RoundTrip trip) throws SQLException {
    try (ResultSet rows = trip.rows()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
