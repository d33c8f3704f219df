package io.holdfast.server.identity;

import io.holdfast.stock.TenantId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `api_keys`. Only the owner's login may write it; whose a key is, the application asks
/// a function.
final class ApiKeys {
  static final String KEY_OWNER =
      """
      SELECT tenant_id, key_id, role FROM holdfast.caller_of_key(?)
      """;

  static final String KEY_INSERT =
      """
      INSERT INTO holdfast.api_keys (tenant_id, key_hash, role, name) VALUES (?, ?, ?, ?)
      """;

  private ApiKeys() {}

  static Optional<Caller> caller(Handle handle, byte[] hash) {
    return handle
        .createQuery(KEY_OWNER)
        .bind(0, hash)
        .map((row, _) -> Caller.ofKey(row.getLong(1), row.getLong(2), row.getString(3)))
        .findOne();
  }

  /// @param name what people know it by
  static void add(Handle owner, TenantId tenant, ApiKey key, Role role, String name) {
    TenantScope.set(owner, tenant);
    owner.execute(KEY_INSERT, tenant.value(), key.hash(), role.code(), name);
  }
}
