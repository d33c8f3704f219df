package io.holdfast.server.start;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/// The node's connections, all under the powerless role. The engine's are its own, so that no crowd
/// of readers makes a decision wait.
///
/// @param workers transactions of the engine at once
/// @param background what is audited and archived with, whose statements may take long
record Pools(
    HikariDataSource engine, HikariDataSource readers, HikariDataSource background, int workers)
    implements AutoCloseable {
  /// Beside its workers the engine waits for rows that somebody outside holds (four at a time),
  /// looks for due reservations, and for the fate of a lost COMMIT.
  private static final int BESIDE_WORKERS = 6;

  private static final long WAIT_MILLIS = 5_000;
  private static final int SOCKET_TIMEOUT_SECONDS = 30;
  // More than its statements may take.
  private static final int BACKGROUND_SOCKET_TIMEOUT_SECONDS = 400;

  /// One for the auditor, one for the archiver.
  private static final int BACKGROUND = 2;

  static Pools open(Database database, int size) {
    int workers = (size - BESIDE_WORKERS) * 2 / 3;
    int forEngine = workers + BESIDE_WORKERS;
    return new Pools(
        pool(database, "engine", forEngine, SOCKET_TIMEOUT_SECONDS),
        pool(database, "readers", size - forEngine - BACKGROUND, SOCKET_TIMEOUT_SECONDS),
        pool(database, "background", BACKGROUND, BACKGROUND_SOCKET_TIMEOUT_SECONDS),
        workers);
  }

  static HikariDataSource pool(DatabaseUrl url, boolean needsRole, String name, int size) {
    return new HikariDataSource(config(url, needsRole, name, size));
  }

  private static HikariDataSource pool(
      Database database, String name, int size, int socketTimeoutSeconds) {
    HikariConfig config = config(database.application(), database.needsRole(), name, size);
    config.addDataSourceProperty("socketTimeout", socketTimeoutSeconds);
    return new HikariDataSource(config);
  }

  private static HikariConfig config(DatabaseUrl url, boolean needsRole, String name, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("holdfast-" + name);
    config.setJdbcUrl(url.jdbcUrl());
    url.user().ifPresent(config::setUsername);
    url.password().ifPresent(config::setPassword);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT_MILLIS);
    config.addDataSourceProperty("ApplicationName", "holdfast-" + name);
    config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", true);
    if (needsRole) {
      config.addDataSourceProperty("options", "-c role=holdfast_app");
    }
    return config;
  }

  @Override
  public void close() {
    background.close();
    readers.close();
    engine.close();
  }
}
