package io.holdfast.stock.store;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;

/// A transaction that sees one moment of one tenant, on a connection that somebody lends: for
/// checks and checkpoints, which are not the engine's own work. What was not committed is rolled
/// back.
public final class Snapshot implements AutoCloseable {
  private final Connection connection;
  private final boolean autoCommit;

  private Snapshot(Connection connection) throws SQLException {
    this.connection = connection;
    this.autoCommit = connection.getAutoCommit();
  }

  public static Snapshot begin(Connection connection, TenantId tenant) throws SQLException {
    Snapshot snapshot = new Snapshot(connection);
    connection.setAutoCommit(false);
    try (RoundTrip trip = new RoundTrip(connection)) {
      trip.addSetting(Transactions.REPEATABLE_READ_SET);
      trip.add(Transactions.TENANT_SET, Long.toString(tenant.value()));
      trip.send();
      return snapshot;
    } catch (SQLException | RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  /// From here on rows are reached by their keys, also on a database that was never analysed.
  public Snapshot byKeys() throws SQLException {
    try (RoundTrip trip = new RoundTrip(connection)) {
      trip.add(SnapshotReader.PLANS_FIX);
      trip.send();
    }
    return this;
  }

  public void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(autoCommit);
  }
}
