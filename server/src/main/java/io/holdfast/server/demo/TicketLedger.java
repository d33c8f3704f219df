package io.holdfast.server.demo;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads the ticket's stock and how many purchases its ledger has. What was counted before is
/// remembered, so that only newer movements are counted; it is the same on every node.
final class TicketLedger {
  static final String INVENTORY_READ =
      """
      SELECT l.on_hand - l.reserved, l.version, d.counts_after,
          (SELECT m.recorded_at FROM holdfast.movements m
           WHERE m.tenant_id = l.tenant_id AND m.sku = l.sku AND m.location = l.location
           ORDER BY m.position DESC LIMIT 1),
          (SELECT count(*) FROM holdfast.movements m
           WHERE m.tenant_id = l.tenant_id AND m.sku = l.sku AND m.location = l.location
             AND m.position > CASE d.counts_after WHEN ? THEN ? ELSE d.counts_after END
             AND m.position <= l.version
             AND m.kind IN ('purchase', 'commit'))
      FROM holdfast.stock_levels l
      JOIN holdfast.demonstrations d ON d.tenant_id = l.tenant_id
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

  private final TenantScope tenants;
  private final TenantId tenant;
  private final AtomicReference<@Nullable Inventory> counted = new AtomicReference<>();

  TicketLedger(TenantScope tenants, TenantId tenant) {
    this.tenants = tenants;
    this.tenant = tenant;
  }

  /// What is on hand at which position of the ledger.
  record OnHand(long units, long position) {}

  Inventory inventory() {
    Inventory before = counted.get();
    long start = before == null ? -1 : before.countsAfter();
    long from = before == null ? -1 : before.position();
    long known = before == null ? 0 : before.purchases();
    Inventory now =
        tenants.inTransaction(
            tenant,
            handle ->
                handle
                    .createQuery(INVENTORY_READ)
                    .bind(0, start)
                    .bind(1, from)
                    .bind(2, tenant.value())
                    .bind(3, Demonstration.TICKET.value())
                    .map(
                        (row, _) ->
                            new Inventory(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(5) + (row.getLong(3) == start ? known : 0),
                                row.getObject(4, OffsetDateTime.class).toInstant()))
                    .one());
    counted.set(now);
    return now;
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
