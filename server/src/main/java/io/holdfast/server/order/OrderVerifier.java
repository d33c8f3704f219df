package io.holdfast.server.order;

import io.holdfast.server.identity.TenantSnapshot;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Recomputes what a tenant's orders claim, and lists what differs: the total of their lines, the
/// state by what was handed over, and the reservation that has their stock with what came back of
/// it, as long as that is not in the archive.
public final class OrderVerifier {
  /// An order that was only placed has a reservation that is held, or whose time was up.
  static final String ORDERS_WRONG =
      """
      SELECT c.name, o.order_id || ' ' || o.number, coalesce(c.expected, 'none'),
          coalesce(c.found, 'none')
      FROM holdfast.orders o
      CROSS JOIN LATERAL (
          SELECT sum(unit_price::numeric * quantity) AS total,
              sum(quantity - fulfilled - cancelled) AS open, sum(fulfilled) AS fulfilled,
              sum(cancelled) AS cancelled, sum(returned) AS returned
          FROM holdfast.order_lines
          WHERE tenant_id = o.tenant_id AND order_id = o.order_id) l
      LEFT JOIN holdfast.reservations r
          ON r.tenant_id = o.tenant_id AND r.reservation_id = o.order_id
      CROSS JOIN LATERAL (VALUES
          ('order.total', l.total::text, o.total::text),
          ('order.state',
              CASE
                  WHEN o.paid_at IS NULL AND l.cancelled = 0 THEN 'placed'
                  WHEN l.open > 0 AND l.fulfilled = 0 AND o.paid_at IS NOT NULL THEN 'paid'
                  WHEN l.open > 0 AND o.paid_at IS NOT NULL THEN 'partly_fulfilled'
                  WHEN l.fulfilled = 0 THEN 'cancelled'
                  WHEN l.returned < l.fulfilled THEN 'fulfilled'
                  ELSE 'returned'
              END, o.state),
          ('order.reservation',
              CASE
                  WHEN r.state IS NULL THEN NULL
                  WHEN o.paid_at IS NOT NULL THEN 'committed'
                  WHEN o.state = 'cancelled' THEN 'released'
                  WHEN r.state = 'expired' THEN 'expired'
                  ELSE 'held'
              END, r.state),
          ('order.returned',
              CASE WHEN o.paid_at IS NOT NULL AND r.state IS NOT NULL
                  THEN (l.returned + l.cancelled)::text END,
              CASE WHEN o.paid_at IS NOT NULL AND r.state IS NOT NULL
                  THEN (SELECT coalesce(sum(units), 0) FROM unnest(r.returned) AS units)::text
              END)) c (name, expected, found)
      WHERE o.tenant_id = ? AND c.expected IS DISTINCT FROM c.found
      ORDER BY o.order_id
      """;

  private OrderVerifier() {}

  /// All of it in one snapshot.
  public static List<Difference> differences(Handle handle, TenantId tenant) throws SQLException {
    return TenantSnapshot.differences(handle, tenant, ORDERS_WRONG);
  }
}
