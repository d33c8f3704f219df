package io.holdfast.stock.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// A connection for one transaction. What was not committed is rolled back when it is given back,
/// and giving it back never fails: what is known of the transaction by then stays known. A
/// connection that can't even be given back is broken, and its pool will find that out.
public final class Borrowed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Borrowed.class.getName());

  private final Connection connection;

  private Borrowed(Connection connection) {
    this.connection = connection;
  }

  public static Borrowed from(DataSource database) throws SQLException {
    Borrowed borrowed = new Borrowed(database.getConnection());
    try {
      borrowed.connection.setAutoCommit(false);
      return borrowed;
    } catch (SQLException | RuntimeException e) {
      borrowed.close();
      throw e;
    }
  }

  public Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    try {
      connection.rollback();
    } catch (SQLException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not roll back what was left open", e);
    }
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "could not give a connection back", e);
    }
  }
}
