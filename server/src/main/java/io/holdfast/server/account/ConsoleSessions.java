package io.holdfast.server.account;

import io.holdfast.server.identity.SessionCookie;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The table `console_sessions`: the cookies of sessions that a browser has. The time that decides
/// is the database's.
final class ConsoleSessions {
  static final String CONSOLE_INSERT =
      """
      INSERT INTO holdfast.console_sessions (tenant_id, token_hash, session_id, idle_seconds)
      VALUES (?, ?, ?, ?)
      """;

  static final String CONSOLE_FIND =
      """
      SELECT c.session_id, c.idle_seconds, s.expires_at
      FROM holdfast.console_sessions c
      JOIN holdfast.sessions s ON s.tenant_id = c.tenant_id AND s.session_id = c.session_id
      WHERE c.tenant_id = ? AND c.token_hash = ? AND s.ended_at IS NULL
      """;

  private ConsoleSessions() {}

  /// @param idle how long it lives without being used
  /// @param expiresAt when it ends in any case
  record Limits(UUID session, Duration idle, Instant expiresAt) {}

  static void add(Handle handle, UUID session, SessionCookie cookie, Duration idle) {
    handle.execute(
        CONSOLE_INSERT, cookie.tenant().value(), cookie.hash(), session, idle.toSeconds());
  }

  /// Empty: it was ended, or never there.
  static Optional<Limits> find(Handle handle, SessionCookie cookie) {
    return handle
        .createQuery(CONSOLE_FIND)
        .bind(0, cookie.tenant().value())
        .bind(1, cookie.hash())
        .map(
            (row, _) ->
                new Limits(
                    row.getObject("session_id", UUID.class),
                    Duration.ofSeconds(row.getInt("idle_seconds")),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant()))
        .findOne();
  }
}
