package io.holdfast.server.identity;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.util.List;
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

  static final String TENANT_SLUG =
      """
      SELECT slug FROM holdfast.tenants WHERE tenant_id = ?
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

  private Tenants() {}

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

  /// What people call the tenant.
  public static String slug(Handle owner, TenantId tenant) {
    return owner.inTransaction(
        handle -> {
          TenantScope.set(handle, tenant);
          return handle.createQuery(TENANT_SLUG).bind(0, tenant.value()).mapTo(String.class).one();
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
