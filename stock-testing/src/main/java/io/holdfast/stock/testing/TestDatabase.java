package io.holdfast.stock.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterSettings;
import io.holdfast.postgres.Login;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.StockSchema;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// A migrated database on a real PostgreSQL, one for all tests of a process; each test has tenants
/// of its own in it. Destroyed when the process ends.
public final class TestDatabase {
  private static final int POOL_SIZE = 24;

  private final Cluster cluster;
  private final String name;
  private final AtomicLong tenants = new AtomicLong();
  private @Nullable HikariDataSource pool;

  private TestDatabase(Cluster cluster, String name) {
    this.cluster = cluster;
    this.name = name;
  }

  private static final class Shared {
    private static final TestDatabase DATABASE = start();

    private static TestDatabase start() {
      try {
        Cluster cluster =
            Cluster.open(
                Files.createTempDirectory("holdfast-test").resolve("data"),
                ClusterSettings.throwaway());
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::destroy));
        return new TestDatabase(cluster, Cluster.DATABASE).migrated();
      } catch (IOException e) {
        throw new UncheckedIOException("no folder for the test database", e);
      } catch (SQLException e) {
        throw new IllegalStateException("the test database can't be migrated", e);
      }
    }
  }

  public static TestDatabase shared() {
    return Shared.DATABASE;
  }

  private TestDatabase migrated() throws SQLException {
    StockSchema.migrate(owner());
    return this;
  }

  /// Another migrated database of the same cluster, for a test that spoils the schema.
  public TestDatabase beside(String name) throws SQLException {
    return empty(name).migrated();
  }

  /// Another database of the same cluster, with nothing in it.
  public TestDatabase empty(String name) throws SQLException {
    cluster.createDatabase(name);
    return new TestDatabase(cluster, name);
  }

  /// Connections as the application has them.
  public synchronized HikariDataSource pool() {
    if (pool == null) {
      pool = pool(POOL_SIZE);
    }
    return pool;
  }

  /// A pool of the test's own, to be closed by it.
  public HikariDataSource pool(int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(cluster.url(Login.NODE, name));
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(10_000);
    return new HikariDataSource(config);
  }

  /// What the application connects by, for a program of its own.
  public String url() {
    return cluster.url(Login.NODE, name);
  }

  /// Connections of the role that owns the tables.
  public DataSource owner() {
    PGSimpleDataSource owner = new PGSimpleDataSource();
    owner.setUrl(cluster.url(Login.OWNER, name));
    return owner;
  }

  /// A connection as the application has it, outside any pool: to hold rows with.
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /// One that no right and no row-level security stops.
  public Connection connectAsSuperuser() throws SQLException {
    return DriverManager.getConnection(cluster.url(Login.SUPERUSER, name));
  }

  public Connection connectAsOwner() throws SQLException {
    return DriverManager.getConnection(cluster.url(Login.OWNER, name));
  }

  /// As the application, with a property of the driver's.
  public Connection connectWith(String property, String value) throws SQLException {
    return DriverManager.getConnection(
        cluster.url(Login.NODE, name) + "&" + property + "=" + value);
  }

  public Cluster cluster() {
    return cluster;
  }

  /// A tenant that nobody has used, with the main location.
  public TenantId newTenant() throws SQLException {
    TenantId tenant = new TenantId(tenants.incrementAndGet());
    StockRegister register = StockRegister.create();
    try (Connection connection = pool().getConnection()) {
      connection.setAutoCommit(false);
      register.setTenant(connection, tenant);
      register.addLocation(connection, tenant, LocationId.MAIN);
      connection.commit();
    }
    return tenant;
  }
}
