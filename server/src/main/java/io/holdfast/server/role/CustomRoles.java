package io.holdfast.server.role;

import io.holdfast.server.identity.RoleName;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `custom_roles`. Whoever gives a role holds its row as it is, and whoever changes or
/// removes it holds it alone: so nobody is left with a role that is not there, or that became more
/// than its giver has.
final class CustomRoles {
  static final String ROLES_LIST =
      """
      SELECT role, permissions, version FROM holdfast.custom_roles
      WHERE tenant_id = ?
      ORDER BY role
      """;

  static final String ROLE_FIND =
      """
      SELECT role, permissions, version FROM holdfast.custom_roles WHERE tenant_id = ? AND role = ?
      """;

  static final String ROLE_LOCK =
      """
      SELECT role, permissions, version FROM holdfast.custom_roles
      WHERE tenant_id = ? AND role = ?
      FOR UPDATE
      """;

  static final String ROLES_SHARE =
      """
      SELECT role, permissions, version FROM holdfast.custom_roles
      WHERE tenant_id = ? AND role = ANY (?::text[])
      ORDER BY role
      FOR SHARE
      """;

  static final String ROLE_INSERT =
      """
      INSERT INTO holdfast.custom_roles (tenant_id, role, permissions) VALUES (?, ?, ?::text[])
      ON CONFLICT DO NOTHING
      """;

  static final String ROLE_UPDATE =
      """
      UPDATE holdfast.custom_roles SET permissions = ?::text[], version = version + 1
      WHERE tenant_id = ? AND role = ?
      """;

  static final String ROLE_DELETE =
      """
      DELETE FROM holdfast.custom_roles WHERE tenant_id = ? AND role = ?
      """;

  static final String ROLE_IS_GIVEN =
      """
      SELECT EXISTS (SELECT FROM holdfast.memberships WHERE tenant_id = ? AND role = ?)
          OR EXISTS (SELECT FROM holdfast.api_keys
              WHERE tenant_id = ? AND role = ? AND revoked_at IS NULL)
      """;

  private CustomRoles() {}

  /// A row.
  ///
  /// @param permissions codes; a later version may have written some that this one does not know
  record CustomRole(RoleName name, List<String> permissions, long version) {}

  static List<CustomRole> list(Handle handle, TenantId tenant) {
    return handle.createQuery(ROLES_LIST).bind(0, tenant.value()).map((row, _) -> role(row)).list();
  }

  static Optional<CustomRole> find(Handle handle, TenantId tenant, RoleName name) {
    return one(handle, ROLE_FIND, tenant, name);
  }

  /// One that nobody else changes, removes or gives until the transaction ends.
  static Optional<CustomRole> locked(Handle handle, TenantId tenant, RoleName name) {
    return one(handle, ROLE_LOCK, tenant, name);
  }

  /// Those of some names that there are, which nobody changes or removes until the transaction
  /// ends.
  static List<CustomRole> shared(Handle handle, TenantId tenant, Collection<String> names) {
    return handle
        .createQuery(ROLES_SHARE)
        .bind(0, tenant.value())
        .bind(1, array(names))
        .map((row, _) -> role(row))
        .list();
  }

  private static Optional<CustomRole> one(
      Handle handle, String query, TenantId tenant, RoleName name) {
    return handle
        .createQuery(query)
        .bind(0, tenant.value())
        .bind(1, name.text())
        .map((row, _) -> role(row))
        .findOne();
  }

  /// @return false: the name is taken
  static boolean add(
      Handle handle, TenantId tenant, RoleName name, Collection<String> permissions) {
    return handle.execute(ROLE_INSERT, tenant.value(), name.text(), array(permissions)) == 1;
  }

  static void change(
      Handle handle, TenantId tenant, RoleName name, Collection<String> permissions) {
    handle.execute(ROLE_UPDATE, array(permissions), tenant.value(), name.text());
  }

  static void remove(Handle handle, TenantId tenant, RoleName name) {
    handle.execute(ROLE_DELETE, tenant.value(), name.text());
  }

  /// Whether a user or a living key has it.
  static boolean isGiven(Handle handle, TenantId tenant, RoleName name) {
    return handle
        .createQuery(ROLE_IS_GIVEN)
        .bind(0, tenant.value())
        .bind(1, name.text())
        .bind(2, tenant.value())
        .bind(3, name.text())
        .mapTo(Boolean.class)
        .one();
  }

  /// As PostgreSQL writes one; names and codes have letters, digits, dashes and underscores only.
  private static String array(Collection<String> texts) {
    return "{" + String.join(",", texts) + "}";
  }

  private static CustomRole role(ResultSet row) throws SQLException {
    return new CustomRole(
        new RoleName(row.getString("role")),
        List.of((String[]) row.getArray("permissions").getArray()),
        row.getLong("version"));
  }
}
