package io.holdfast.stock.background;

import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Borrowed;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Lends a thread in the background one connection at a time, and can take it away from a statement
/// that does not end.
public final class Lender {
  private static final System.Logger LOG = System.getLogger(Lender.class.getName());

  private final DataSource database;
  private final Duration statementTimeout;
  private volatile @Nullable Connection lent;

  public Lender(DataSource database, Duration statementTimeout) {
    this.database = database;
    this.statementTimeout = statementTimeout;
  }

  /// Nothing has been done on it yet.
  public Borrowed connection() throws SQLException {
    Borrowed borrowed = Borrowed.from(database);
    lent = borrowed.connection();
    return borrowed;
  }

  /// A transaction that sees no tenant's rows.
  public Borrowed transaction() throws SQLException {
    return transaction("");
  }

  /// A transaction that sees the tenant's rows.
  public Borrowed transaction(TenantId tenant) throws SQLException {
    return transaction(Long.toString(tenant.value()));
  }

  private Borrowed transaction(String tenant) throws SQLException {
    Borrowed borrowed = connection();
    try (RoundTrip trip = new RoundTrip(borrowed.connection())) {
      Transactions.limit(trip, statementTimeout);
      trip.add(Transactions.TENANT_SET, tenant);
      trip.send();
      return borrowed;
    } catch (SQLException | RuntimeException e) {
      borrowed.close();
      throw e;
    }
  }

  /// Returns when `thread`, which was told to stop, has ended. Whatever it uses a connection for
  /// fails once the patience is over.
  public void awaitEnd(Thread thread, Duration patience) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        if (!thread.join(patience)) {
          abort();
        }
      } catch (InterruptedException e) {
        // It ends all the same, and soon.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void abort() {
    Connection connection = lent;
    if (connection != null) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException | RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "could not abort a connection", e);
      }
    }
  }
}
