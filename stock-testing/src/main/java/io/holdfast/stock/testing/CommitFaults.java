package io.holdfast.stock.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// A data source whose connections break at COMMIT, every so many commits, in a chosen way. What
/// the engine sees is always the same: the connection is gone, and COMMIT was not answered.
public final class CommitFaults {
  /// What really becomes of the transaction.
  public enum Fate {
    /// It commits, and the answer is lost.
    COMMITTED,
    /// COMMIT never arrives, and the database ends the session.
    ROLLED_BACK,
    /// COMMIT is under way for a while yet: whoever looks at the rows at once looks too early.
    COMMITTED_LATER
  }

  private static final long LATER_MILLIS = 200;

  private final DataSource database;
  private final Fate fate;
  private final int every;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();

  public CommitFaults(DataSource database, Fate fate, int every) {
    this.database = database;
    this.fate = fate;
    this.every = every;
  }

  /// How many commits were left without an answer.
  public int broken() {
    return broken.get();
  }

  public DataSource database() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, arguments) -> {
              Object result = invoke(() -> method.invoke(database, arguments));
              return result instanceof Connection connection ? breaking(connection) : result;
            });
  }

  private Connection breaking(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("commit") && commits.incrementAndGet() % every == 0) {
                broken.incrementAndGet();
                breakAtCommit(connection);
              }
              return invoke(() -> method.invoke(connection, arguments));
            });
  }

  private void breakAtCommit(Connection connection) throws SQLException {
    switch (fate) {
      case COMMITTED -> {
        connection.commit();
        connection.abort(Runnable::run);
      }
      case ROLLED_BACK -> connection.abort(Runnable::run);
      case COMMITTED_LATER -> {
        // The pooled connection is given back closed; the session itself goes on and commits.
        Connection session = connection.unwrap(Connection.class);
        Thread.ofVirtual().start(() -> commitLater(session));
      }
    }
    throw new SQLException("broken at COMMIT by the test", "08006");
  }

  private static void commitLater(Connection session) {
    try (var statement = session.createStatement()) {
      statement.execute("SELECT pg_sleep(" + LATER_MILLIS / 1000.0 + ")");
      session.commit();
      session.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException("the late commit failed", e);
    }
  }

  @FunctionalInterface
  private interface Call {
    Object make() throws ReflectiveOperationException;
  }

  @SuppressWarnings("NullAway")
  private static Object invoke(Call call) throws Throwable {
    try {
      return call.make();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
