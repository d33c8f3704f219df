package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Holds the reservations against the levels and against the ledger.
public final class ReservedCheck {
  /// What the held reservations claim of each level against what the level says is reserved.
  public static final String RESERVED_COMPARE =
      """
      WITH claimed AS (
          SELECT line.sku, line.location, sum(line.quantity) AS quantity
          FROM holdfast.reservations r,
              unnest(r.skus, r.locations, r.quantities) AS line (sku, location, quantity)
          WHERE r.tenant_id = ? AND r.state = 'held' AND line.location IS NOT NULL
          GROUP BY line.sku, line.location)
      SELECT concat_ws('/', coalesce(c.sku, l.sku), coalesce(c.location, l.location)),
          coalesce(c.quantity, 0), coalesce(l.reserved, 0),
          coalesce(c.sku, l.sku), coalesce(c.location, l.location)
      FROM claimed c
      FULL JOIN (SELECT * FROM holdfast.stock_levels WHERE tenant_id = ? AND reserved <> 0) l
          ON l.sku = c.sku AND l.location = c.location
      WHERE coalesce(c.quantity, 0) <> coalesce(l.reserved, 0)""";

  /// What each reservation's movements add up to against what its state says they must: everything
  /// set aside while held, nothing after, and gone from what is on hand only when committed, as far
  /// as it has not come back. A level that it has left in the meantime counts as nothing.
  public static final String MOVED_COMPARE =
      """
      WITH claimed AS (
          SELECT r.reservation_id, r.state, line.sku, line.location,
              sum(line.quantity) AS quantity, sum(coalesce(line.returned, 0)) AS returned
          FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) r,
              unnest(r.skus, r.locations, r.quantities, r.returned)
                  AS line (sku, location, quantity, returned)
          WHERE r.tenant_id = ? AND line.location IS NOT NULL
          GROUP BY r.reservation_id, r.state, line.sku, line.location),
      moved AS (
          SELECT m.reservation_id, m.sku, m.location, sum(m.on_hand_change) AS on_hand,
              sum(m.reserved_change) AS reserved,
              coalesce(sum(m.on_hand_change) FILTER (WHERE m.kind = 'return'), 0) AS came
          FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
          WHERE m.tenant_id = ? AND m.reservation_id IS NOT NULL
          GROUP BY m.reservation_id, m.sku, m.location),
      expected AS (
          SELECT coalesce(c.reservation_id, m.reservation_id) AS reservation_id,
              coalesce(c.sku, m.sku) AS sku,
              CASE c.state WHEN 'committed' THEN c.returned - c.quantity ELSE 0 END AS on_hand,
              CASE c.state WHEN 'held' THEN c.quantity ELSE 0 END AS reserved,
              coalesce(c.returned, 0) AS returned, coalesce(m.came, 0) AS came,
              m.on_hand AS on_hand_moved, m.reserved AS reserved_moved
          FROM claimed c
          FULL JOIN moved m ON m.reservation_id = c.reservation_id AND m.sku = c.sku
              AND m.location = c.location)
      SELECT concat_ws(' ', e.reservation_id, r.state, e.sku),
          concat_ws(' ', e.on_hand, e.reserved, e.returned),
          concat_ws(' ', e.on_hand_moved, e.reserved_moved, e.came)
      FROM expected e
      LEFT JOIN (
          SELECT v.reservation_id, v.state
          FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) v
          WHERE v.tenant_id = ?) r
          ON r.reservation_id = e.reservation_id
      WHERE (e.on_hand, e.reserved, e.returned)
              IS DISTINCT FROM (e.on_hand_moved, e.reserved_moved, e.came)
          OR r.reservation_id IS NULL""";

  private ReservedCheck() {}

  static List<Difference> differences(Connection connection, TenantId tenant) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    differences.addAll(
        new Comparison("reserved is what held reservations claim", RESERVED_COMPARE)
            .differences(connection, tenant));
    differences.addAll(
        new Comparison("reservation is what its movements add up to", MOVED_COMPARE)
            .differences(connection, tenant));
    differences.addAll(ReservationCheck.differences(connection, tenant));
    return differences;
  }
}
