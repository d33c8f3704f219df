package io.holdfast.server.account;

import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The accounts of a tenant, as those see them who say what people may do.
final class Members {
  static final String MEMBERS_LIST =
      """
      SELECT u.user_id, u.username, u.email, u.name, u.created_at, u.disabled_at, u.version,
          ARRAY(SELECT m.role FROM holdfast.memberships m
              WHERE m.tenant_id = u.tenant_id AND m.user_id = u.user_id ORDER BY m.role) AS roles
      FROM holdfast.users u
      WHERE u.tenant_id = ? AND u.user_id > ? AND u.claim IS NULL
      ORDER BY u.user_id
      LIMIT ?
      """;

  static final String MEMBER_FIND =
      """
      SELECT u.user_id, u.username, u.email, u.name, u.created_at, u.disabled_at, u.version,
          ARRAY(SELECT m.role FROM holdfast.memberships m
              WHERE m.tenant_id = u.tenant_id AND m.user_id = u.user_id ORDER BY m.role) AS roles
      FROM holdfast.users u
      WHERE u.tenant_id = ? AND u.user_id = ? AND u.claim IS NULL
      """;

  /// In one order for all, so that no two wait for each other.
  static final String OWNERS_LOCK =
      """
      SELECT u.user_id FROM holdfast.users u
      WHERE u.tenant_id = ? AND (u.user_id = ? OR EXISTS (
          SELECT FROM holdfast.memberships m
          WHERE m.tenant_id = u.tenant_id AND m.user_id = u.user_id AND m.role = 'owner'))
      ORDER BY u.user_id
      FOR UPDATE
      """;

  static final String OWNERS_COUNT =
      """
      SELECT count(*) FROM holdfast.memberships m
      JOIN holdfast.users u ON u.tenant_id = m.tenant_id AND u.user_id = m.user_id
      WHERE m.tenant_id = ? AND m.role = 'owner' AND u.disabled_at IS NULL
      """;

  static final String ROLES_REMOVE =
      """
      DELETE FROM holdfast.memberships WHERE tenant_id = ? AND user_id = ?
      """;

  static final String ROLES_ADD =
      """
      INSERT INTO holdfast.memberships (tenant_id, user_id, role)
      SELECT ?, ?, unnest(?::text[])
      """;

  static final String MEMBER_CHANGE =
      """
      UPDATE holdfast.users
      SET disabled_at = CASE WHEN ? THEN coalesce(disabled_at, clock_timestamp()) END,
          version = version + 1
      WHERE tenant_id = ? AND user_id = ?
      """;

  private Members() {}

  /// @param disabledAt null: they may log in
  record Member(
      long id,
      String username,
      String email,
      String name,
      List<String> roles,
      Instant createdAt,
      @Nullable Instant disabledAt,
      long version) {}

  static List<Member> list(Handle handle, TenantId tenant, long after, int most) {
    return handle
        .createQuery(MEMBERS_LIST)
        .bind(0, tenant.value())
        .bind(1, after)
        .bind(2, most)
        .map((row, _) -> member(row))
        .list();
  }

  static Optional<Member> find(Handle handle, TenantId tenant, long user) {
    return handle
        .createQuery(MEMBER_FIND)
        .bind(0, tenant.value())
        .bind(1, user)
        .map((row, _) -> member(row))
        .findOne();
  }

  /// One member, whom nobody else changes until the transaction ends, nor any owner.
  static Optional<Member> locked(Handle handle, TenantId tenant, long user) {
    handle.createQuery(OWNERS_LOCK).bind(0, tenant.value()).bind(1, user).mapTo(Long.class).list();
    return find(handle, tenant, user);
  }

  /// Those who can log in.
  static int owners(Handle handle, TenantId tenant) {
    return handle.createQuery(OWNERS_COUNT).bind(0, tenant.value()).mapTo(Integer.class).one();
  }

  static void change(
      Handle handle, TenantId tenant, long user, List<String> roles, boolean isDisabled) {
    handle.execute(ROLES_REMOVE, tenant.value(), user);
    handle.execute(ROLES_ADD, tenant.value(), user, "{" + String.join(",", roles) + "}");
    handle.execute(MEMBER_CHANGE, isDisabled, tenant.value(), user);
  }

  private static Member member(ResultSet row) throws SQLException {
    OffsetDateTime disabledAt = row.getObject("disabled_at", OffsetDateTime.class);
    return new Member(
        row.getLong("user_id"),
        row.getString("username"),
        row.getString("email"),
        row.getString("name"),
        List.of((String[]) row.getArray("roles").getArray()),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        disabledAt == null ? null : disabledAt.toInstant(),
        row.getLong("version"));
  }
}
