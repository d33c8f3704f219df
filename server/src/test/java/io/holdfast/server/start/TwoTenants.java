package io.holdfast.server.start;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.identity.Tenants;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.Customer;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/// Two tenants with all of their requests on one pool of two connections. Each has its own canary,
/// a word that nobody else has, in its items, reservations, users and trail.
final class TwoTenants implements AutoCloseable {
  private static final int CONNECTIONS = 2;

  /// All that can be seen, without naming a tenant.
  private static final String LOOK =
      """
      SELECT coalesce(string_agg(DISTINCT seen, ' '), '') FROM (
          SELECT sku AS seen FROM holdfast.items
          UNION ALL SELECT customer FROM holdfast.reservations
          UNION ALL SELECT name FROM holdfast.users
          UNION ALL SELECT subject_name FROM holdfast.trail_entries) AS everything
      """;

  private static final String TENANT_LEFT =
      "SELECT coalesce(current_setting('holdfast.tenant_id', true), '')";

  private static final String USER_INSERT =
      """
      INSERT INTO holdfast.users (tenant_id, username, username_key, email, name)
      VALUES (?, ?, ?, 'somebody@example.org', ?)
      """;

  // Names no tenant, so that only the policy keeps it to one.
  private static final String USERS_CHANGE =
      "UPDATE holdfast.users SET version = version + 1 RETURNING name";

  private static final String ENTRY_INSERT =
      """
      INSERT INTO holdfast.trail_entries (tenant_id, times, outcome, operation, actor, request_id,
          address, subject_kind, subject_name, state_after)
      VALUES (?, 1, 'done', 'updateUser', 'tester', 'none', 'none', 'user', ?, '{}')
      """;

  private final HikariDataSource pool;
  private final TenantScope scope;
  private final StockEngine engine;
  private final StockReader reader;

  /// @param canary the sku of its item, too
  record Tenant(TenantId id, String canary) {}

  /// Something that a tenant asks for.
  enum Request {
    LOOK,
    CHANGE,
    RESERVE,
    READ
  }

  /// @param scoped what the scope works with
  private TwoTenants(HikariDataSource pool, Jdbi scoped) {
    this.pool = pool;
    this.scope = new TenantScope(scoped);
    this.engine =
        StockEngine.open(
            pool,
            EngineSettings.with(Control.COMBINED).workers(1).sweepInterval(Duration.ZERO).build());
    this.reader = StockReader.of(pool);
  }

  static TwoTenants on(DatabaseUrl url) {
    HikariDataSource pool = Pools.pool(url, false, "two-tenants", CONNECTIONS);
    return new TwoTenants(pool, Jdbi.create(pool));
  }

  /// The same with a scope that sets the tenant for the session and not for the transaction.
  static TwoTenants withTenantsLeftBehind(DatabaseUrl url) {
    HikariDataSource pool = Pools.pool(url, false, "two-tenants", CONNECTIONS);
    Jdbi defective = Jdbi.create(pool);
    defective
        .getConfig(SqlStatements.class)
        .setTemplateEngine(
            (sql, _) -> sql.replace("tenant_id', ?, true)", "tenant_id', ?, false)"));
    return new TwoTenants(pool, defective);
  }

  /// A new tenant with its canary everywhere.
  Tenant tenant() throws SQLException {
    String canary = "canary-" + UUID.randomUUID();
    Tenant tenant;
    try (Handle owner = Jdbi.create(MigratedDatabase.shared().connectAsOwner()).open()) {
      TenantId id = owner.inTransaction(handle -> Tenants.ensure(handle, canary, canary));
      tenant = new Tenant(id, canary);
    }
    scope.inTransaction(
        tenant.id(),
        handle -> {
          StockRegister.create()
              .addItems(handle.getConnection(), tenant.id(), List.of(new Sku(canary)), true);
          return handle.execute(USER_INSERT, tenant.id().value(), canary, canary, canary);
        });
    submit(tenant, new Command.Receive(new Sku(canary), LocationId.MAIN, 1_000_000, null));
    for (Request request : Request.values()) {
      answer(tenant, request);
    }
    return tenant;
  }

  /// What the tenant is told; empty when it is told that there was a failure.
  Optional<String> ask(Tenant tenant, Request request) throws SQLException {
    try {
      return Optional.of(answer(tenant, request));
    } catch (JdbiException | StockFailure e) {
      return Optional.empty();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StockFailure) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String answer(Tenant tenant, Request request) {
    return switch (request) {
      case LOOK ->
          scope.inTransaction(
              tenant.id(), handle -> handle.createQuery(LOOK).mapTo(String.class).one());
      case CHANGE -> scope.inTransaction(tenant.id(), handle -> change(handle, tenant));
      case RESERVE ->
          submit(
              tenant,
              new Command.Reserve(
                  List.of(Line.of(tenant.canary(), 1)),
                  Duration.ofMinutes(15),
                  new Customer(tenant.canary())));
      case READ -> reader.item(tenant.id(), new Sku(tenant.canary())).orElseThrow().toString();
    };
  }

  private static String change(Handle handle, Tenant tenant) {
    List<String> changed = handle.createQuery(USERS_CHANGE).mapTo(String.class).list();
    handle.execute(ENTRY_INSERT, tenant.id().value(), tenant.canary());
    return String.join(" ", changed);
  }

  private String submit(Tenant tenant, Command command) {
    return engine
        .submit(command, Call.by(tenant.id(), new Actor(tenant.canary())))
        .toCompletableFuture()
        .join()
        .toString();
  }

  /// What every connection of the pool has left of a tenant, and what it sees by that; empty when
  /// it is as it must be.
  String leftOnConnections() throws SQLException {
    try (Connection one = pool.getConnection();
        Connection other = pool.getConnection()) {
      return left(one) + left(other);
    }
  }

  private static String left(Connection connection) throws SQLException {
    return text(connection, TENANT_LEFT) + text(connection, LOOK);
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() {
    engine.close();
    pool.close();
  }
}
