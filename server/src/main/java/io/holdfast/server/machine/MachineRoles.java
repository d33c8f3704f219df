package io.holdfast.server.machine;

import io.holdfast.server.identity.RoleName;
import io.holdfast.stock.TenantId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What the roles give that machines have. One of a tenant's own is looked up with each request, so
/// that a change of it counts at once.
public final class MachineRoles {
  static final String PERMISSIONS_FIND =
      """
      SELECT permissions FROM holdfast.custom_roles WHERE tenant_id = ? AND role = ?
      """;

  private MachineRoles() {}

  /// Whether the tenant has the role.
  ///
  /// @param handle in a transaction of the tenant's
  public static boolean exists(Handle handle, TenantId tenant, RoleName role) {
    return role.isBuiltIn() || own(handle, tenant, role).isPresent();
  }

  /// Codes of what a role of the tenant's own gives. One that is not there gives nothing.
  static List<String> permissions(Handle handle, TenantId tenant, RoleName role) {
    return role.isBuiltIn() ? List.of() : own(handle, tenant, role).orElse(List.of());
  }

  private static Optional<List<String>> own(Handle handle, TenantId tenant, RoleName role) {
    return handle
        .createQuery(PERMISSIONS_FIND)
        .bind(0, tenant.value())
        .bind(1, role.text())
        .map((row, _) -> List.of((String[]) row.getArray(1).getArray()))
        .findOne();
  }
}
