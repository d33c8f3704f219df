package io.holdfast.server.identity;

import io.holdfast.stock.TenantId;
import org.jdbi.v3.core.Handle;

/// The keys that a node makes by itself, by the owner's login.
final class ApiKeys {
  static final String KEY_INSERT =
      """
      INSERT INTO holdfast.api_keys (tenant_id, key_hash, role, name) VALUES (?, ?, ?, ?)
      """;

  private ApiKeys() {}

  /// @param name what people know it by
  static void add(Handle owner, TenantId tenant, ApiKey key, Role role, String name) {
    TenantScope.set(owner, tenant);
    owner.execute(KEY_INSERT, tenant.value(), key.hash(), role.code(), name);
  }
}
