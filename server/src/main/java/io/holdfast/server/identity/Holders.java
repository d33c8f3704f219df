package io.holdfast.server.identity;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Whose a credential is, as functions of the database say, which look across tenants.
final class Holders {
  static final String KEY_HOLDER =
      """
      SELECT tenant_id, tenant_status, key_id, role, role_permissions, scopes
      FROM holdfast.holder_of_key(?)
      """;

  static final String SESSION_HOLDER =
      """
      SELECT tenant_status, user_id, roles, role_permissions FROM holdfast.holder_of_session(?, ?)
      """;

  static final String CONSOLE_HOLDER =
      """
      SELECT tenant_status, session_id, user_id, roles, role_permissions, is_use_to_be_noted
      FROM holdfast.holder_of_console(?, ?)
      """;

  private static final String ACTIVE = "active";

  private Holders() {}

  static Optional<Caller> ofKey(Handle handle, byte[] hash) {
    return handle.createQuery(KEY_HOLDER).bind(0, hash).map((row, _) -> keyHolder(row)).findOne();
  }

  private static Caller keyHolder(ResultSet row) throws SQLException {
    requireActive(row.getString("tenant_status"));
    List<String> own = texts(row.getArray("role_permissions"));
    Set<Permission> ofRole =
        Permissions.of(List.of(row.getString("role")), own == null ? List.of() : own);
    return Caller.in(
        new TenantId(row.getLong("tenant_id")),
        new Subject.Key(row.getLong("key_id")),
        Permissions.within(ofRole, texts(row.getArray("scopes"))));
  }

  static Optional<Caller> ofSession(Handle handle, TenantId tenant, UUID session) {
    return handle
        .createQuery(SESSION_HOLDER)
        .bind(0, tenant.value())
        .bind(1, session)
        .map((row, _) -> sessionHolder(tenant, session, row))
        .findOne();
  }

  /// @param isUseToBeNoted whether it was not for a minute
  record OfConsole(Caller caller, boolean isUseToBeNoted) {}

  static Optional<OfConsole> ofConsole(Handle handle, SessionCookie cookie) {
    TenantId tenant = cookie.tenant();
    return handle
        .createQuery(CONSOLE_HOLDER)
        .bind(0, tenant.value())
        .bind(1, cookie.hash())
        .map(
            (row, _) ->
                new OfConsole(
                    sessionHolder(tenant, row.getObject("session_id", UUID.class), row),
                    row.getBoolean("is_use_to_be_noted")))
        .findOne();
  }

  private static Caller sessionHolder(TenantId tenant, UUID session, ResultSet row)
      throws SQLException {
    requireActive(row.getString("tenant_status"));
    List<String> roles = texts(row.getArray("roles"));
    List<String> own = texts(row.getArray("role_permissions"));
    return Caller.in(
        tenant,
        new Subject.User(row.getLong("user_id"), session),
        Permissions.of(roles == null ? List.of() : roles, own == null ? List.of() : own));
  }

  static void requireActive(String status) {
    if (!status.equals(ACTIVE)) {
      throw new ProblemException(
          ProblemCode.TENANT_SUSPENDED, "nobody of this tenant is let in until it is resumed");
    }
  }

  private static @Nullable List<String> texts(@Nullable Array array) throws SQLException {
    return array == null ? null : List.of((String[]) array.getArray());
  }
}
