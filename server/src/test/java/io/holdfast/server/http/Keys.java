package io.holdfast.server.http;

import io.holdfast.server.identity.ApiKey;
import io.holdfast.server.identity.Role;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Makes keys of a tenant of the shared node, as its operator does: by the owner's login.
final class Keys {
  private static final String TENANT_SET =
      """
      SELECT set_config('holdfast.tenant_id', tenant_id::text, false)
      FROM holdfast.tenant_of_slug(?)
      """;

  private static final String KEY_INSERT =
      """
      INSERT INTO holdfast.api_keys (tenant_id, key_hash, role, name, expires_at, revoked_at)
      SELECT tenant_id, sha256(convert_to(?, 'UTF8')), ?, 'made for a test',
          clock_timestamp() + make_interval(secs => ?),
          CASE WHEN ? THEN clock_timestamp() END
      FROM holdfast.tenant_of_slug(?)
      """;

  private static final int LONG_SECONDS = 3_600;

  private final Map<Role, Shop> clients = new EnumMap<>(Role.class);

  private Keys() {}

  /// One for each role.
  static Keys ofTenant(String slug) {
    Keys keys = new Keys();
    for (Role role : Role.values()) {
      keys.clients.put(role, add(slug, role, LONG_SECONDS, false));
    }
    return keys;
  }

  /// Somebody with the key of a role.
  Shop of(Role role) {
    return Objects.requireNonNull(clients.get(role));
  }

  static Shop expired(String slug) {
    return add(slug, Role.OWNER, -1, false);
  }

  static Shop revoked(String slug) {
    return add(slug, Role.OWNER, LONG_SECONDS, true);
  }

  private static Shop add(String slug, Role role, int expiresInSeconds, boolean isRevoked) {
    ApiKey key = ApiKey.random(new SecureRandom());
    try (Connection owner =
            DriverManager.getConnection(DataFolder.databaseUrl(TestNode.shared().folder()));
        PreparedStatement tenant = owner.prepareStatement(TENANT_SET);
        PreparedStatement insert = owner.prepareStatement(KEY_INSERT)) {
      tenant.setString(1, slug);
      tenant.execute();
      insert.setString(1, key.text());
      insert.setString(2, role.code());
      insert.setInt(3, expiresInSeconds);
      insert.setBoolean(4, isRevoked);
      insert.setString(5, slug);
      insert.executeUpdate();
      return new Shop(TestNode.shared().stranger().address(), key.text());
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }
}
