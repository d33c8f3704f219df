package io.holdfast.server.webhook;

import io.holdfast.server.event.TypeFilter;
import io.holdfast.server.webhook.WebhookBodies.Delivery;
import io.holdfast.server.webhook.WebhookBodies.StoredWebhook;
import io.holdfast.server.webhook.WebhookBodies.Wanted;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables `webhooks` and `webhook_deliveries`, as a tenant sees its own.
final class StoredWebhooks {
  private static final String COLUMNS =
      """
      SELECT webhook_id, url, types, description, state, max_attempts, position, waiting,
          (SELECT count(*) FROM holdfast.webhook_deliveries d
              WHERE d.tenant_id = w.tenant_id AND d.webhook_id = w.webhook_id AND d.state = 'dead')
              AS dead,
          missed, next_attempt_at,
          CASE WHEN previous_until > clock_timestamp() THEN previous_until END AS previous_until,
          version, created_at
      FROM holdfast.webhooks w
      WHERE w.tenant_id = ?
      """;

  static final String WEBHOOKS_LIST = COLUMNS + " ORDER BY webhook_id";

  static final String WEBHOOK_FIND = COLUMNS + " AND w.webhook_id = ?";

  static final String WEBHOOKS_COUNT =
      """
      SELECT count(*) FROM holdfast.webhooks WHERE tenant_id = ?
      """;

  static final String WEBHOOK_ADD =
      """
      INSERT INTO holdfast.webhooks (tenant_id, url, types, description, max_attempts, secret,
          position)
      VALUES (?, ?, string_to_array(?, ','), ?, ?, ?, ?)
      RETURNING webhook_id
      """;

  static final String WEBHOOK_CHANGE =
      """
      UPDATE holdfast.webhooks
      SET url = ?, types = string_to_array(?, ','), description = ?, max_attempts = ?, state = ?,
          version = version + 1
      WHERE tenant_id = ? AND webhook_id = ?
      """;

  static final String WEBHOOK_ROTATE =
      """
      UPDATE holdfast.webhooks
      SET previous_secret = CASE WHEN secs.overlap > 0 THEN secret END,
          previous_until = CASE WHEN secs.overlap > 0
              THEN clock_timestamp() + make_interval(secs => secs.overlap) END,
          secret = ?, version = version + 1
      FROM (SELECT ?::bigint AS overlap) secs
      WHERE tenant_id = ? AND webhook_id = ?
      """;

  /// Whoever sends to it has its lease no more, and writes nothing into what is removed next.
  static final String LEASE_BREAK =
      """
      UPDATE holdfast.webhooks SET lease = NULL, leased_until = NULL
      WHERE tenant_id = ? AND webhook_id = ?
      """;

  static final String POSITION_SET =
      """
      UPDATE holdfast.webhooks SET position = ? WHERE tenant_id = ? AND webhook_id = ?
      """;

  /// Of those behind a position.
  static final String DELIVERIES_REMOVE =
      """
      DELETE FROM holdfast.webhook_deliveries
      WHERE tenant_id = ? AND webhook_id = ? AND position > ?
      """;

  static final String WEBHOOK_REMOVE =
      """
      DELETE FROM holdfast.webhooks WHERE tenant_id = ? AND webhook_id = ?
      """;

  static final String DEAD_REVIVE =
      """
      UPDATE holdfast.webhook_deliveries
      SET state = 'waiting', attempts = 0, next_attempt_at = clock_timestamp(), ended_at = NULL
      WHERE tenant_id = ? AND webhook_id = ? AND state = 'dead'
      """;

  static final String DELIVERIES_LIST =
      """
      SELECT position, type, subject, state, attempts, next_attempt_at, last_status, last_fault,
          created_at, ended_at
      FROM holdfast.webhook_deliveries
      WHERE tenant_id = ? AND webhook_id = ? AND (?::text IS NULL OR state = ?) AND position > ?
      ORDER BY position LIMIT ?
      """;

  private StoredWebhooks() {}

  static int count(Handle handle, TenantId tenant) {
    return handle.createQuery(WEBHOOKS_COUNT).bind(0, tenant.value()).mapTo(Integer.class).one();
  }

  static StoredWebhook add(
      Handle handle, TenantId tenant, Wanted wanted, WebhookSecret secret, long position) {
    long id =
        handle
            .createQuery(WEBHOOK_ADD)
            .bind(0, tenant.value())
            .bind(1, wanted.url().uri().toString())
            .bind(2, joined(wanted.types()))
            .bind(3, wanted.description())
            .bind(4, wanted.maxAttempts())
            .bind(5, secret.bytes())
            .bind(6, position)
            .mapTo(Long.class)
            .one();
    return find(handle, tenant, id).orElseThrow();
  }

  /// Types have no commas.
  private static String joined(TypeFilter types) {
    return String.join(",", types.wanted());
  }

  static List<StoredWebhook> list(Handle handle, TenantId tenant) {
    return handle
        .createQuery(WEBHOOKS_LIST)
        .bind(0, tenant.value())
        .map((row, _) -> webhook(row))
        .list();
  }

  static Optional<StoredWebhook> find(Handle handle, TenantId tenant, long id) {
    return handle
        .createQuery(WEBHOOK_FIND)
        .bind(0, tenant.value())
        .bind(1, id)
        .map((row, _) -> webhook(row))
        .findOne();
  }

  static void change(Handle handle, Leased.Id id, Wanted wanted) {
    handle.execute(
        WEBHOOK_CHANGE,
        wanted.url().uri().toString(),
        joined(wanted.types()),
        wanted.description(),
        wanted.maxAttempts(),
        wanted.state().code(),
        id.tenant().value(),
        id.webhook());
  }

  /// @return false: there is no such webhook
  static boolean rotate(Handle handle, Leased.Id id, WebhookSecret secret, long overlapSeconds) {
    return handle.execute(
            WEBHOOK_ROTATE, secret.bytes(), overlapSeconds, id.tenant().value(), id.webhook())
        == 1;
  }

  static void remove(Handle handle, Leased.Id id) {
    long tenant = id.tenant().value();
    handle.execute(LEASE_BREAK, tenant, id.webhook());
    handle.execute(DELIVERIES_REMOVE, tenant, id.webhook(), 0L);
    handle.execute(WEBHOOK_REMOVE, tenant, id.webhook());
  }

  /// Begins anew behind a position; what waits or is dead behind it comes again from the feed.
  static void move(Handle handle, Leased.Id id, long position) {
    long tenant = id.tenant().value();
    handle.execute(LEASE_BREAK, tenant, id.webhook());
    handle.execute(DELIVERIES_REMOVE, tenant, id.webhook(), position);
    handle.execute(POSITION_SET, position, tenant, id.webhook());
    Settlement.count(handle, id);
  }

  static void revive(Handle handle, Leased.Id id) {
    long tenant = id.tenant().value();
    handle.execute(LEASE_BREAK, tenant, id.webhook());
    handle.execute(DEAD_REVIVE, tenant, id.webhook());
    Settlement.count(handle, id);
  }

  /// @param state null: all
  static List<Delivery> deliveries(
      Handle handle, Leased.Id id, @Nullable String state, long after, int limit) {
    return handle
        .createQuery(DELIVERIES_LIST)
        .bind(0, id.tenant().value())
        .bind(1, id.webhook())
        .bind(2, state)
        .bind(3, state)
        .bind(4, after)
        .bind(5, limit)
        .map((row, _) -> delivery(row))
        .list();
  }

  private static StoredWebhook webhook(ResultSet row) throws SQLException {
    return new StoredWebhook(
        row.getLong("webhook_id"),
        row.getString("url"),
        List.of((String[]) row.getArray("types").getArray()),
        row.getString("description"),
        row.getString("state"),
        row.getInt("max_attempts"),
        Long.toString(row.getLong("position")),
        row.getInt("waiting"),
        row.getLong("dead"),
        row.getLong("missed"),
        instant(row, "next_attempt_at"),
        instant(row, "previous_until"),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        Long.toString(row.getLong("position")),
        row.getString("type"),
        row.getString("subject"),
        row.getString("state"),
        row.getInt("attempts"),
        instant(row, "next_attempt_at"),
        row.getObject("last_status", Integer.class),
        row.getString("last_fault"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "ended_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
