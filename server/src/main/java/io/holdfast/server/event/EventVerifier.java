package io.holdfast.server.event;

import io.holdfast.server.identity.TenantSnapshot;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Recomputes what a tenant's feed claims, and lists what differs: that positions have no hole and
/// end where the head says, that a row has as many events as positions, and that nobody who is sent
/// them is further than the feed or has another number waiting than there is.
public final class EventVerifier {
  static final String EVENTS_WRONG =
      """
      WITH published AS (
          SELECT batch_id, size, events, last_position,
              lag(last_position) OVER (ORDER BY last_position) AS before
          FROM holdfast.event_batches
          WHERE tenant_id = ? AND last_position IS NOT NULL),
      head AS (
          SELECT coalesce(max(last_position), 0) AS last_position FROM holdfast.event_heads
          WHERE tenant_id = ?)
      SELECT 'event.position', batch_id::text, (before + size)::text, last_position::text
      FROM published WHERE before + size <> last_position
      UNION ALL
      SELECT 'event.size', batch_id::text, json_array_length(events)::text, size::text
      FROM published WHERE json_array_length(events) <> size
      UNION ALL
      SELECT 'event.head', 'head', p.last_position::text, h.last_position::text
      FROM head h, (SELECT max(last_position) AS last_position FROM published) p
      WHERE p.last_position <> h.last_position
      UNION ALL
      SELECT 'webhook.position', w.webhook_id::text, 'at most ' || h.last_position,
          w.position::text
      FROM head h, holdfast.webhooks w
      WHERE w.tenant_id = ? AND w.position > h.last_position
      UNION ALL
      SELECT 'webhook.waiting', w.webhook_id::text, d.waiting::text, w.waiting::text
      FROM holdfast.webhooks w
      CROSS JOIN LATERAL (
          SELECT count(*) AS waiting FROM holdfast.webhook_deliveries
          WHERE tenant_id = w.tenant_id AND webhook_id = w.webhook_id AND state = 'waiting') d
      WHERE w.tenant_id = ? AND d.waiting <> w.waiting
      UNION ALL
      SELECT 'sink.position', s.sink, 'at most ' || h.last_position, s.position::text
      FROM head h, holdfast.event_sink_positions s
      WHERE s.tenant_id = ? AND s.position > h.last_position
      ORDER BY 1, 2
      """;

  private EventVerifier() {}

  /// All of it in one snapshot.
  public static List<Difference> differences(Handle handle, TenantId tenant) throws SQLException {
    return TenantSnapshot.differences(handle, tenant, EVENTS_WRONG);
  }
}
