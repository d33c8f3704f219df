package io.holdfast.server.demo;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/// Reads the ticket's stock and how many purchases its ledger has. What was counted before is
/// remembered, so that only newer movements are counted; it is the same on every node.
final class TicketLedger {
  static final String INVENTORY_READ =
      """
      SELECT l.on_hand - l.reserved, l.version, d.counts_after, newest.recorded_at,
          counted.purchases, counted.units_sold, counted.units_supplied,
          coalesce(start.on_hand_after, 0)
      FROM holdfast.stock_levels l
      JOIN holdfast.demonstrations d ON d.tenant_id = l.tenant_id
      CROSS JOIN LATERAL (
          SELECT m.recorded_at FROM holdfast.movements m
          WHERE m.tenant_id = l.tenant_id AND m.sku = l.sku AND m.location = l.location
          ORDER BY m.position DESC LIMIT 1) newest
      LEFT JOIN LATERAL (
          SELECT m.on_hand_after
          FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
          WHERE m.tenant_id = l.tenant_id AND m.sku = l.sku AND m.location = l.location
            AND m.position = d.counts_after LIMIT 1) start ON true
      CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE m.kind IN ('purchase', 'commit')) AS purchases,
              coalesce(-sum(m.on_hand_change) FILTER (WHERE m.kind IN ('purchase', 'commit')), 0)
                  AS units_sold,
              coalesce(sum(m.on_hand_change) FILTER (WHERE m.kind IN ('receive', 'adjust')), 0)
                  AS units_supplied
          FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
          WHERE m.tenant_id = l.tenant_id AND m.sku = l.sku AND m.location = l.location
            AND m.position > CASE d.counts_after WHEN ? THEN ? ELSE d.counts_after END
            AND m.position <= l.version) counted
      WHERE l.tenant_id = ? AND l.sku = ? AND l.location = 'main'
      """;

  static final String HELD_LIST =
      """
      SELECT reservation_id FROM holdfast.reservations
      WHERE tenant_id = ? AND state = 'held' AND skus @> ARRAY[?::text]
      """;

  static final String ON_HAND_READ =
      """
      SELECT on_hand, version FROM holdfast.stock_levels
      WHERE tenant_id = ? AND sku = ? AND location = 'main'
      """;

  private static final Inventory NOTHING_COUNTED = new Inventory(0, -1, -1, 0, 0, 0, Instant.EPOCH);

  private final TenantScope tenants;
  private final TenantId tenant;
  private final AtomicReference<Inventory> counted = new AtomicReference<>(NOTHING_COUNTED);

  TicketLedger(TenantScope tenants, TenantId tenant) {
    this.tenants = tenants;
    this.tenant = tenant;
  }

  /// What is on hand at which position of the ledger.
  record OnHand(long units, long position) {}

  Inventory inventory() {
    Inventory before = counted.get();
    Inventory now =
        tenants.inTransaction(
            tenant,
            handle ->
                handle
                    .createQuery(INVENTORY_READ)
                    .bind(0, before.countsAfter())
                    .bind(1, before.position())
                    .bind(2, tenant.value())
                    .bind(3, Demonstration.TICKET.value())
                    .map((row, _) -> inventory(row, before))
                    .one());
    counted.set(now);
    return now;
  }

  /// The row counts on from `before`, or anew when the counts have started anew since.
  private static Inventory inventory(ResultSet row, Inventory before) throws SQLException {
    long countsAfter = row.getLong(3);
    boolean countsOn = before.countsAfter() == countsAfter;
    return new Inventory(
        row.getLong(1),
        row.getLong(2),
        countsAfter,
        row.getLong(5) + (countsOn ? before.purchases() : 0),
        row.getLong(6) + (countsOn ? before.unitsSold() : 0),
        row.getLong(7) + (countsOn ? before.unitsSupplied() : row.getLong(8)),
        row.getObject(4, OffsetDateTime.class).toInstant());
  }

  OnHand onHand(Handle handle) {
    return handle
        .createQuery(ON_HAND_READ)
        .bind(0, tenant.value())
        .bind(1, Demonstration.TICKET.value())
        .map((row, _) -> new OnHand(row.getLong(1), row.getLong(2)))
        .one();
  }

  /// Reservations that hold tickets.
  List<ReservationId> held(Handle handle) {
    return handle
        .createQuery(HELD_LIST)
        .bind(0, tenant.value())
        .bind(1, Demonstration.TICKET.value())
        .mapTo(UUID.class)
        .map(ReservationId::new)
        .list();
  }
}
