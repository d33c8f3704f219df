package io.holdfast.server.limit;

import io.holdfast.stock.TenantId;
import java.util.Optional;

/// What a module answers for a tenant without a caller who names it.
public interface OpenTenants {

  /// Whose work it is to answer there; empty where it is nobody's, or no work.
  Optional<TenantId> tenantOf(String path);
}
