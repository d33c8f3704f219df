package io.holdfast.server.start;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.postgres.FolderLock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// The database of a node, and the two logins on it. The data folder belongs to this process until
/// it is closed.
sealed interface Database extends AutoCloseable {
  int MIN_MAJOR_VERSION = 15;
  int CONNECT_TIMEOUT_SECONDS = 5;

  /// The login that owns the schema.
  DatabaseUrl owner();

  /// The login that serves.
  DatabaseUrl application();

  /// Whether the application's login must take on the role holdfast_app by itself.
  boolean needsRole();

  @Override
  void close();

  static Database open(ServeOptions options) {
    return options
        .databaseUrl()
        .<Database>map(url -> External.open(options, url))
        .orElseGet(() -> Embedded.open(options));
  }

  /// A connection of the owner's.
  default Connection connect() throws SQLException {
    return connect(owner());
  }

  static Connection connect(DatabaseUrl url) throws SQLException {
    Properties properties = url.properties();
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
    properties.setProperty("ApplicationName", "holdfast");
    return DriverManager.getConnection(url.jdbcUrl(), properties);
  }

  /// In the data folder, for as long as the node runs and longer.
  record Embedded(Cluster cluster) implements Database {
    static Embedded open(ServeOptions options) {
      ClusterSettings settings =
          options.isThrowaway() ? ClusterSettings.throwaway() : ClusterSettings.durable();
      return new Embedded(Cluster.open(options.dataFolder(), settings));
    }

    @Override
    public DatabaseUrl owner() {
      return DatabaseUrl.parse("owner", cluster.ownerUrl());
    }

    @Override
    public DatabaseUrl application() {
      return DatabaseUrl.parse("application", cluster.appUrl());
    }

    @Override
    public boolean needsRole() {
      return false;
    }

    @Override
    public void close() {
      cluster.stop();
    }
  }

  /// Somewhere else, run by somebody else.
  record External(DatabaseUrl owner, DatabaseUrl application, boolean needsRole, FolderLock lock)
      implements Database {
    static External open(ServeOptions options, DatabaseUrl owner) {
      FolderLock lock = FolderLock.acquire(options.dataFolder());
      try (Connection connection = Database.connect(owner)) {
        checkVersion(connection);
        return new External(
            owner,
            options.applicationUrl().orElse(owner),
            options.applicationUrl().isEmpty(),
            lock);
      } catch (SQLException e) {
        lock.close();
        throw new StartFault(
            ExitCode.DATABASE_UNREACHABLE,
            "the database at " + owner + " can't be reached: " + StartFault.oneLine(e),
            e);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    }

    private static void checkVersion(Connection connection) throws SQLException {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < MIN_MAJOR_VERSION) {
        throw new StartFault(
            ExitCode.DATABASE_TOO_OLD,
            "the database is PostgreSQL " + major + ", and " + MIN_MAJOR_VERSION + " is needed");
      }
    }

    @Override
    public void close() {
      lock.close();
    }
  }
}
