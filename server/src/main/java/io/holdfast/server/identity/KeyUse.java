package io.holdfast.server.identity;

import io.holdfast.stock.TenantId;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Notes when a key was used last, to the minute: somebody wants to know which keys nobody needs
/// any more. It is noted when a node looks a key up, and no request waits for it.
final class KeyUse {
  private static final Logger LOG = Logger.getLogger(KeyUse.class);

  static final String KEY_USE =
      """
      UPDATE holdfast.api_keys SET last_used_at = clock_timestamp()
      WHERE tenant_id = ? AND key_id = ?
          AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')
      """;

  private KeyUse() {}

  /// What fails is told in the log, and is noted with a later use.
  static void note(Jdbi database, TenantId tenant, Subject.Key key) {
    try {
      database.useTransaction(
          handle -> {
            TenantScope.set(handle, tenant);
            handle.execute(KEY_USE, tenant.value(), key.id());
          });
    } catch (RuntimeException e) {
      LOG.warnf("The use of key %d was not noted: %s", key.id(), e.getMessage());
    }
  }
}
