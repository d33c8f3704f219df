package io.holdfast.server.keys;

import io.holdfast.server.identity.ApiKey;
import io.holdfast.server.identity.Permission;
import io.holdfast.server.keys.KeyBodies.StoredKey;
import io.holdfast.server.keys.KeyBodies.Wanted;
import io.holdfast.stock.TenantId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `api_keys`, as a tenant sees its own.
final class StoredKeys {
  static final String KEY_ADD =
      """
      INSERT INTO holdfast.api_keys (tenant_id, key_hash, name, role, scopes, expires_at)
      VALUES (?, ?, ?, ?, ?::text[], clock_timestamp() + make_interval(secs => ?::bigint))
      RETURNING key_id
      """;

  static final String KEYS_COUNT =
      """
      SELECT count(*) FROM holdfast.api_keys WHERE tenant_id = ? AND revoked_at IS NULL
      """;

  static final String KEYS_LIST =
      """
      SELECT key_id, name, role, scopes, created_at, expires_at, last_used_at,
          CASE WHEN previous_until > clock_timestamp() THEN previous_until END AS previous_until,
          revoked_at
      FROM holdfast.api_keys
      WHERE tenant_id = ? AND revoked_at IS NULL
      ORDER BY key_id
      """;

  static final String KEY_FIND =
      """
      SELECT key_id, name, role, scopes, created_at, expires_at, last_used_at,
          CASE WHEN previous_until > clock_timestamp() THEN previous_until END AS previous_until,
          revoked_at
      FROM holdfast.api_keys
      WHERE tenant_id = ? AND key_id = ?
      """;

  static final String KEY_ROTATE =
      """
      UPDATE holdfast.api_keys
      SET previous_hash = CASE WHEN secs.overlap > 0 THEN key_hash END,
          previous_until = CASE WHEN secs.overlap > 0
              THEN clock_timestamp() + make_interval(secs => secs.overlap) END,
          key_hash = ?, version = version + 1
      FROM (SELECT ?::bigint AS overlap) secs
      WHERE tenant_id = ? AND key_id = ? AND revoked_at IS NULL
      """;

  static final String KEY_REVOKE =
      """
      UPDATE holdfast.api_keys SET revoked_at = clock_timestamp(), version = version + 1
      WHERE tenant_id = ? AND key_id = ? AND revoked_at IS NULL
      """;

  private StoredKeys() {}

  static int living(Handle handle, TenantId tenant) {
    return handle.createQuery(KEYS_COUNT).bind(0, tenant.value()).mapTo(Integer.class).one();
  }

  static StoredKey add(Handle handle, TenantId tenant, Wanted wanted, ApiKey secret) {
    long id =
        handle
            .createQuery(KEY_ADD)
            .bind(0, tenant.value())
            .bind(1, secret.hash())
            .bind(2, wanted.name().text())
            .bind(3, wanted.role().text())
            .bind(4, array(wanted.scopes()))
            .bind(5, wanted.lifeSeconds())
            .mapTo(Long.class)
            .one();
    return find(handle, tenant, id).orElseThrow();
  }

  /// As PostgreSQL writes one; codes have letters and underscores only.
  private static @Nullable String array(@Nullable Set<Permission> scopes) {
    return scopes == null
        ? null
        : "{" + String.join(",", scopes.stream().map(Permission::code).toList()) + "}";
  }

  static List<StoredKey> list(Handle handle, TenantId tenant) {
    return handle.createQuery(KEYS_LIST).bind(0, tenant.value()).map((row, _) -> key(row)).list();
  }

  static Optional<StoredKey> find(Handle handle, TenantId tenant, long id) {
    return handle
        .createQuery(KEY_FIND)
        .bind(0, tenant.value())
        .bind(1, id)
        .map((row, _) -> key(row))
        .findOne();
  }

  /// @return false: there is no such living key
  static boolean rotate(
      Handle handle, TenantId tenant, long id, ApiKey secret, long overlapSeconds) {
    return handle.execute(KEY_ROTATE, secret.hash(), overlapSeconds, tenant.value(), id) == 1;
  }

  /// @return false: there is no such living key
  static boolean revoke(Handle handle, TenantId tenant, long id) {
    return handle.execute(KEY_REVOKE, tenant.value(), id) == 1;
  }

  private static StoredKey key(ResultSet row) throws SQLException {
    Array scopes = row.getArray("scopes");
    return new StoredKey(
        row.getLong("key_id"),
        row.getString("name"),
        row.getString("role"),
        scopes == null ? null : List.of((String[]) scopes.getArray()),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        instant(row, "last_used_at"),
        instant(row, "previous_until"),
        instant(row, "revoked_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
