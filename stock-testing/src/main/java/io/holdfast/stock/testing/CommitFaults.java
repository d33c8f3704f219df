package io.holdfast.stock.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Runnable meanwhile;
  private final Set<Connection> busy = ConcurrentHashMap.newKeySet();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();

  public CommitFaults(DataSource database, Fate fate, int every) {
    this(database, fate, every, () -> {});
  }

  /// @param meanwhile what somebody else does before the engine can ask what became of it
  public CommitFaults(DataSource database, Fate fate, int every, Runnable meanwhile) {
    this.database = database;
    this.fate = fate;
    this.every = every;
    this.meanwhile = meanwhile;
  }

  /// How many commits were left without an answer.
  public int broken() {
    return broken.get();
  }

  public DataSource database() {
    return Intercepted.connections(
        database,
        (connection, method, call) -> {
          if (busy.contains(connection)) {
            return refuse(method);
          }
          if (method.equals("commit") && commits.incrementAndGet() % every == 0) {
            broken.incrementAndGet();
            breakAtCommit(connection);
          }
          return call.proceed();
        });
  }

  /// Closed is what the engine calls it; its pool gets it back when the late commit is done, so
  /// that nobody else's transaction runs on it meanwhile.
  private static Object refuse(String method) throws SQLException {
    if (method.equals("close")) {
      return true;
    }
    throw new SQLException("the connection is gone", "08006");
  }

  private void breakAtCommit(Connection connection) throws SQLException {
    switch (fate) {
      case COMMITTED -> {
        connection.commit();
        connection.abort(Runnable::run);
      }
      case ROLLED_BACK -> connection.abort(Runnable::run);
      case COMMITTED_LATER -> {
        busy.add(connection);
        Thread.ofVirtual().start(() -> commitLater(connection));
      }
    }
    meanwhile.run();
    throw new SQLException("broken at COMMIT by the test", "08006");
  }

  private static void commitLater(Connection connection) {
    try (Connection session = connection;
        Statement statement = session.createStatement()) {
      statement.execute("SELECT pg_sleep(" + LATER_MILLIS / 1000.0 + ")");
      session.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the late commit failed", e);
    }
  }
}
