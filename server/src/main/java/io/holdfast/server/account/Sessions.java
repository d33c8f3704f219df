package io.holdfast.server.account;

import io.holdfast.server.origin.ClientAddress;
import io.holdfast.stock.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The tables `sessions` and `refresh_tokens`. The time that decides is the database's.
final class Sessions {
  /// A session that nobody goes on with by a token ends after this time.
  static final Duration IDLE_LIFE = Duration.ofDays(30);

  static final String SESSION_INSERT =
      """
      INSERT INTO holdfast.sessions (tenant_id, session_id, user_id, address, expires_at)
      VALUES (?, ?, ?, ?, clock_timestamp() + make_interval(secs => ?))
      """;

  static final String TOKEN_INSERT =
      """
      INSERT INTO holdfast.refresh_tokens (tenant_id, token_hash, session_id, expires_at)
      SELECT tenant_id, ?, session_id,
          least(expires_at, clock_timestamp() + make_interval(secs => ?))
      FROM holdfast.sessions
      WHERE tenant_id = ? AND session_id = ? AND ended_at IS NULL
          AND expires_at > clock_timestamp()
      """;

  static final String TOKEN_USE =
      """
      UPDATE holdfast.refresh_tokens SET used_at = clock_timestamp()
      WHERE tenant_id = ? AND token_hash = ? AND used_at IS NULL AND expires_at > clock_timestamp()
      RETURNING session_id
      """;

  static final String TOKEN_SESSION =
      """
      SELECT session_id FROM holdfast.refresh_tokens WHERE tenant_id = ? AND token_hash = ?
      """;

  static final String USED_TOKEN_SESSION =
      """
      SELECT session_id FROM holdfast.refresh_tokens
      WHERE tenant_id = ? AND token_hash = ? AND used_at IS NOT NULL
      """;

  static final String SESSION_USER =
      """
      SELECT user_id FROM holdfast.sessions WHERE tenant_id = ? AND session_id = ?
      """;

  static final String SESSION_LOCK =
      """
      SELECT user_id FROM holdfast.sessions
      WHERE tenant_id = ? AND session_id = ? AND ended_at IS NULL AND expires_at > clock_timestamp()
      FOR SHARE
      """;

  static final String SESSION_END =
      """
      UPDATE holdfast.sessions SET ended_at = clock_timestamp()
      WHERE tenant_id = ? AND session_id = ? AND ended_at IS NULL
      RETURNING user_id
      """;

  static final String SESSION_OF_USER_END =
      """
      UPDATE holdfast.sessions SET ended_at = clock_timestamp()
      WHERE tenant_id = ? AND user_id = ? AND session_id = ? AND ended_at IS NULL
      """;

  static final String SESSIONS_END =
      """
      UPDATE holdfast.sessions SET ended_at = clock_timestamp()
      WHERE tenant_id = ? AND user_id = ? AND ended_at IS NULL
          AND session_id IS DISTINCT FROM ?::uuid
      """;

  static final String SESSIONS_LIST =
      """
      SELECT s.session_id, s.address, s.started_at, s.expires_at,
          c.used_at IS NOT NULL AS is_console,
          coalesce(c.used_at,
              (SELECT max(t.used_at) FROM holdfast.refresh_tokens t
                  WHERE t.tenant_id = s.tenant_id AND t.session_id = s.session_id),
              s.started_at) AS used_at
      FROM holdfast.sessions s
      LEFT JOIN holdfast.console_sessions c
          ON c.tenant_id = s.tenant_id AND c.session_id = s.session_id
      WHERE s.tenant_id = ? AND s.user_id = ? AND s.ended_at IS NULL
          AND s.expires_at > clock_timestamp()
          AND (c.used_at IS NULL
              OR c.used_at + make_interval(secs => c.idle_seconds) > clock_timestamp())
      ORDER BY s.started_at DESC, s.session_id
      LIMIT 100
      """;

  static final String ADDRESSES_OF_NAME =
      """
      SELECT s.address
      FROM holdfast.users u
      JOIN holdfast.sessions s ON s.tenant_id = u.tenant_id AND s.user_id = u.user_id
      WHERE u.tenant_id = ? AND u.username_key = ?
      GROUP BY s.address
      ORDER BY max(s.started_at) DESC
      LIMIT 100
      """;

  private Sessions() {}

  /// @param usedAt to the minute; of a program's, when it was gone on with by a refresh token
  /// @param isConsole whether a browser has it
  record Listed(
      UUID id,
      String address,
      Instant startedAt,
      Instant usedAt,
      Instant expiresAt,
      boolean isConsole) {}

  static UUID start(Handle handle, TenantId tenant, long user, String address, Duration life) {
    UUID session = UUID.randomUUID();
    handle.execute(SESSION_INSERT, tenant.value(), session, user, address, life.toSeconds());
    return session;
  }

  /// Gives a living session a token to go on with.
  static void addToken(Handle handle, TenantId tenant, UUID session, SecretToken token) {
    handle.execute(TOKEN_INSERT, token.hash(), IDLE_LIFE.toSeconds(), tenant.value(), session);
  }

  /// The session of a token that was not used before, and now is.
  static Optional<UUID> use(Handle handle, SecretToken token) {
    return session(handle, TOKEN_USE, token);
  }

  static Optional<UUID> ofToken(Handle handle, SecretToken token) {
    return session(handle, TOKEN_SESSION, token);
  }

  static Optional<UUID> ofUsedToken(Handle handle, SecretToken token) {
    return session(handle, USED_TOKEN_SESSION, token);
  }

  private static Optional<UUID> session(Handle handle, String query, SecretToken token) {
    return handle
        .createQuery(query)
        .bind(0, token.tenant().value())
        .bind(1, token.hash())
        .mapTo(UUID.class)
        .findOne();
  }

  /// Whose a living session is. It lives and its user stays until the transaction ends. The user is
  /// locked first, as by whoever ends all sessions of one.
  static Optional<Long> lockedUser(Handle handle, TenantId tenant, UUID session) {
    return user(handle, SESSION_USER, tenant, session)
        .flatMap(user -> Users.locked(handle, tenant, user))
        .flatMap(_ -> user(handle, SESSION_LOCK, tenant, session));
  }

  private static Optional<Long> user(Handle handle, String query, TenantId tenant, UUID session) {
    return handle
        .createQuery(query)
        .bind(0, tenant.value())
        .bind(1, session)
        .mapTo(Long.class)
        .findOne();
  }

  /// Ends one and tells the trail.
  ///
  /// @return whose it was; empty: it was over before
  static Optional<Long> end(Handle handle, TenantId tenant, UUID session, AccountTrail trail) {
    Optional<Long> user = user(handle, SESSION_END, tenant, session);
    user.ifPresent(whose -> trail.ended(handle, tenant, whose, session));
    return user;
  }

  /// @return whether the user had such a session
  static boolean end(Handle handle, TenantId tenant, long user, UUID session) {
    return handle.execute(SESSION_OF_USER_END, tenant.value(), user, session) == 1;
  }

  /// @return how many ended
  static int endAll(Handle handle, TenantId tenant, long user) {
    return handle.execute(SESSIONS_END, tenant.value(), user, null);
  }

  /// @return how many ended
  static int endOthers(Handle handle, TenantId tenant, long user, UUID own) {
    return handle.execute(SESSIONS_END, tenant.value(), user, own);
  }

  static List<Listed> list(Handle handle, TenantId tenant, long user) {
    return handle
        .createQuery(SESSIONS_LIST)
        .bind(0, tenant.value())
        .bind(1, user)
        .map(
            (row, _) ->
                new Listed(
                    row.getObject("session_id", UUID.class),
                    row.getString("address"),
                    row.getObject("started_at", OffsetDateTime.class).toInstant(),
                    row.getObject("used_at", OffsetDateTime.class).toInstant(),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_console")))
        .list();
  }

  /// Whether the owner of a name was let in from an address before, as long as that is remembered.
  static boolean wasFrom(Handle handle, TenantId tenant, Username name, String address) {
    String from = ClientAddress.of(address).name();
    return handle
        .createQuery(ADDRESSES_OF_NAME)
        .bind(0, tenant.value())
        .bind(1, name.key())
        .mapTo(String.class)
        .stream()
        .anyMatch(before -> ClientAddress.of(before).name().equals(from));
  }
}
