package io.holdfast.server.identity;

import io.holdfast.stock.TenantId;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Notes when something was used last, to the minute: somebody wants to know which keys nobody
/// needs any more, and a session that nobody uses ends. It is noted when a node looks it up. No
/// request waits for that of a key; one of a session does, once a minute, since its idle limit
/// counts from there.
final class LastUse {
  private static final Logger LOG = Logger.getLogger(LastUse.class);

  static final String KEY_USE =
      """
      UPDATE holdfast.api_keys SET last_used_at = clock_timestamp()
      WHERE tenant_id = ? AND key_id = ?
          AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')
      """;

  static final String CONSOLE_USE =
      """
      UPDATE holdfast.console_sessions SET used_at = clock_timestamp()
      WHERE tenant_id = ? AND token_hash = ?
          AND used_at < clock_timestamp() - interval '1 minute'
          AND used_at + make_interval(secs => idle_seconds) > clock_timestamp()
      """;

  private LastUse() {}

  static void ofKey(Jdbi database, TenantId tenant, Subject.Key key) {
    note(database, tenant, KEY_USE, key.id());
  }

  static void ofConsole(Jdbi database, SessionCookie cookie) {
    note(database, cookie.tenant(), CONSOLE_USE, cookie.hash());
  }

  /// What fails is told in the log, and is noted with a later use.
  private static void note(Jdbi database, TenantId tenant, String statement, Object which) {
    try {
      database.useTransaction(
          handle -> {
            TenantScope.set(handle, tenant);
            handle.execute(statement, tenant.value(), which);
          });
    } catch (RuntimeException e) {
      LOG.warnf("A use in tenant %d was not noted: %s", tenant.value(), e.getMessage());
    }
  }
}
