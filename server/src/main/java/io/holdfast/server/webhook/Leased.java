package io.holdfast.server.webhook;

import io.holdfast.server.event.TypeFilter;
import io.holdfast.stock.TenantId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A webhook whose events are ours to send until its lease ends.
///
/// @param secrets whose holder takes what is signed with them
/// @param position up to which everything was sent or is kept
/// @param waiting how many are kept to be sent again
record Leased(
    Id id,
    WebhookUrl url,
    TypeFilter types,
    boolean isActive,
    int maxAttempts,
    List<WebhookSecret> secrets,
    long position,
    int waiting) {
  static final String DUE_READ =
      """
      SELECT tenant_id, webhook_id FROM holdfast.webhooks_due(?)
      """;

  static final String LEASE_TAKE =
      """
      UPDATE holdfast.webhooks
      SET lease = ?, leased_until = clock_timestamp() + make_interval(secs => ?::bigint)
      WHERE tenant_id = ? AND webhook_id = ? AND state = 'active'
          AND (leased_until IS NULL OR leased_until < clock_timestamp())
      RETURNING url, types, state, max_attempts, secret,
          CASE WHEN previous_until > clock_timestamp() THEN previous_secret END AS previous_secret,
          position, waiting
      """;

  static final String LEASE_RENEW =
      """
      UPDATE holdfast.webhooks
      SET leased_until = clock_timestamp() + make_interval(secs => ?::bigint)
      WHERE tenant_id = ? AND webhook_id = ? AND lease = ?
      RETURNING url, types, state, max_attempts, secret,
          CASE WHEN previous_until > clock_timestamp() THEN previous_secret END AS previous_secret,
          position, waiting
      """;

  static final String LEASE_END =
      """
      UPDATE holdfast.webhooks SET lease = NULL, leased_until = NULL
      WHERE tenant_id = ? AND webhook_id = ? AND lease = ?
      """;

  /// As many events may wait to be sent again before no new ones are begun.
  static final int MAX_WAITING = 1_000;

  /// Longer than an attempt and the time in which one may be begun, and short enough that what a
  /// node had begun that was killed is not late.
  static final int LEASE_SECONDS = 15;

  Leased {
    secrets = List.copyOf(secrets);
  }

  /// Which one it is, and whose.
  record Id(TenantId tenant, long webhook) {}

  /// Which have something to be sent that nobody is about to send. It looks across tenants.
  static List<Id> due(Handle handle) {
    return handle
        .createQuery(DUE_READ)
        .bind(0, MAX_WAITING)
        .map((row, _) -> new Id(new TenantId(row.getLong(1)), row.getLong(2)))
        .list();
  }

  /// Empty if somebody else was faster, or it is not there or paused.
  static Optional<Leased> take(Handle handle, Id id, UUID lease) {
    return handle
        .createQuery(LEASE_TAKE)
        .bind(0, lease)
        .bind(1, LEASE_SECONDS)
        .bind(2, id.tenant().value())
        .bind(3, id.webhook())
        .map((row, _) -> read(row, id))
        .findOne();
  }

  /// Locks it until the transaction ends. Empty if it is somebody else's by now, or its position
  /// was moved: what was sent since then must not be written.
  static Optional<Leased> renew(Handle handle, Id id, UUID lease) {
    return handle
        .createQuery(LEASE_RENEW)
        .bind(0, LEASE_SECONDS)
        .bind(1, id.tenant().value())
        .bind(2, id.webhook())
        .bind(3, lease)
        .map((row, _) -> read(row, id))
        .findOne();
  }

  static void end(Handle handle, Id id, UUID lease) {
    handle.execute(LEASE_END, id.tenant().value(), id.webhook(), lease);
  }

  private static Leased read(ResultSet row, Id id) throws SQLException {
    List<WebhookSecret> secrets = new ArrayList<>();
    secrets.add(new WebhookSecret(row.getBytes("secret")));
    byte @Nullable [] previous = row.getBytes("previous_secret");
    if (previous != null) {
      secrets.add(new WebhookSecret(previous));
    }
    Array types = row.getArray("types");
    return new Leased(
        id,
        WebhookUrl.parse(row.getString("url")),
        new TypeFilter(List.of((String[]) types.getArray())),
        WebhookState.named(row.getString("state")) == WebhookState.ACTIVE,
        row.getInt("max_attempts"),
        secrets,
        row.getLong("position"),
        row.getInt("waiting"));
  }
}
