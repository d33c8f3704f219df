package io.holdfast.server.identity;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `tenants`. Only the owner's login may write it.
public final class Tenants {
  static final String TENANT_OF_SLUG =
      """
      SELECT tenant_id FROM holdfast.tenant_of_slug(?)
      """;

  static final String TENANT_IDS =
      """
      SELECT tenant_id FROM holdfast.tenant_ids()
      """;

  static final String TENANT_ID_NEXT =
      """
      SELECT nextval(pg_get_serial_sequence('holdfast.tenants', 'tenant_id'))
      """;

  static final String TENANT_INSERT =
      """
      INSERT INTO holdfast.tenants (tenant_id, slug, name) OVERRIDING SYSTEM VALUE
      VALUES (?, ?, ?)
      ON CONFLICT ON CONSTRAINT tenants_slug DO NOTHING
      """;

  static final String TENANT_FIND =
      """
      SELECT slug, name, status, created_at FROM holdfast.tenants WHERE tenant_id = ?
      """;

  static final String TENANT_STATUS_SET =
      """
      UPDATE holdfast.tenants SET status = ? WHERE tenant_id = ? AND status <> 'closed'
      """;

  private Tenants() {}

  /// Whether somebody of a tenant is let in.
  public enum Status {
    ACTIVE,
    SUSPENDED,
    /// For good.
    CLOSED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public record Known(String slug, String name, String status, Instant createdAt) {}

  public static Optional<TenantId> find(Handle owner, String slug) {
    return owner
        .createQuery(TENANT_OF_SLUG)
        .bind(0, slug)
        .mapTo(Long.class)
        .findOne()
        .map(TenantId::new);
  }

  public static List<TenantId> all(Handle owner) {
    return owner.createQuery(TENANT_IDS).mapTo(Long.class).map(TenantId::new).list();
  }

  public static Known known(Handle owner, TenantId tenant) {
    return owner.inTransaction(
        handle -> {
          TenantScope.set(handle, tenant);
          return handle
              .createQuery(TENANT_FIND)
              .bind(0, tenant.value())
              .map(
                  (row, _) ->
                      new Known(
                          row.getString("slug"),
                          row.getString("name"),
                          row.getString("status"),
                          row.getObject("created_at", OffsetDateTime.class).toInstant()))
              .one();
        });
  }

  /// Every node knows of it within seconds.
  ///
  /// @return false: it is closed, and stays so
  public static boolean become(Handle owner, TenantId tenant, Status status) {
    return owner.inTransaction(
        handle -> {
          TenantScope.set(handle, tenant);
          return handle.execute(TENANT_STATUS_SET, status.code(), tenant.value()) == 1;
        });
  }

  /// Makes the tenant, with its main location, unless it is there; another node may do so at the
  /// same moment.
  public static TenantId ensure(Handle owner, String slug, String name) throws SQLException {
    Optional<TenantId> found = find(owner, slug);
    if (found.isPresent()) {
      return found.get();
    }
    TenantId next = new TenantId(owner.createQuery(TENANT_ID_NEXT).mapTo(Long.class).one());
    TenantScope.set(owner, next);
    owner.execute(TENANT_INSERT, next.value(), slug, name);
    TenantId made = find(owner, slug).orElseThrow();
    TenantScope.set(owner, made);
    StockRegister.create().addLocation(owner.getConnection(), made, LocationId.MAIN);
    return made;
  }
}
