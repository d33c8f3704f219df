package io.holdfast.server.start;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A database with the whole schema on a PostgreSQL of its own, one for all tests of a process that
/// have tenants of their own in it and leave the schema as they found it. Destroyed when the
/// process ends.
public final class MigratedDatabase {
  private static final class Shared {
    private static final MigratedDatabase DATABASE = start();
  }

  private final Cluster cluster;

  private MigratedDatabase(Cluster cluster) {
    this.cluster = cluster;
  }

  public static MigratedDatabase shared() {
    return Shared.DATABASE;
  }

  private static MigratedDatabase start() {
    try {
      Cluster cluster =
          Cluster.open(
              Files.createTempDirectory("holdfast-test").resolve("data"),
              ClusterSettings.throwaway());
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::destroy));
      Migrations.migrate(DatabaseUrl.parse("owner", cluster.ownerUrl()));
      return new MigratedDatabase(cluster);
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the test database", e);
    } catch (SQLException e) {
      throw new IllegalStateException("the test database can't be migrated", e);
    }
  }

  /// As the login that serves has it, by way of another port.
  DatabaseUrl applicationBy(int port) {
    return DatabaseUrl.parse(
        "application",
        cluster.appUrl().replaceFirst(":\\d+/", ":" + port + "/") + "&sslmode=disable");
  }

  int port() {
    return URI.create(cluster.appUrl().replaceFirst("^jdbc:", "")).getPort();
  }

  Connection connectAsOwner() throws SQLException {
    return DriverManager.getConnection(cluster.ownerUrl());
  }

  public Connection connectAsApplication() throws SQLException {
    return DriverManager.getConnection(cluster.appUrl());
  }

  /// The same as often as it is needed, up to a number.
  public HikariDataSource poolOfApplication(int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(cluster.appUrl());
    config.setMaximumPoolSize(size);
    return new HikariDataSource(config);
  }

  /// One that no right and no row-level security stops.
  public Connection connectAsSuperuser() throws SQLException {
    return DriverManager.getConnection(cluster.superuserUrl());
  }
}
