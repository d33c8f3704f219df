package io.holdfast.server.role;

import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.RoleName;
import io.holdfast.stock.TenantId;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What a role gives at this moment, for whoever comes with it and not with what it gives.
public final class HeldRoles {
  private HeldRoles() {}

  /// Empty: the tenant has no such role.
  ///
  /// @param handle in a transaction of the tenant's
  public static Optional<Set<Permission>> permissions(
      Handle handle, TenantId tenant, RoleName role) {
    return role.isBuiltIn()
        ? Optional.of(Permission.of(Set.of(role.text()), Set.of()))
        : CustomRoles.find(handle, tenant, role)
            .map(own -> Permission.of(Set.of(), own.permissions()));
  }
}
