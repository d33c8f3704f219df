package io.holdfast.server.event;

import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The tables `event_batches` and `event_heads`, as far as positions are given.
final class Publication {
  static final String TENANTS_TO_PUBLISH =
      """
      SELECT tenant_id, oldest_at FROM holdfast.tenants_to_publish()
      """;

  static final String TENANTS_TOLD_OF_STOCK =
      """
      SELECT tenant_id FROM holdfast.tenants_told_of_stock()
      """;

  static final String POSITIONS_READ =
      """
      SELECT tenant_id, last_position FROM holdfast.event_positions(?::bigint[])
      """;

  static final String HEAD_INSERT =
      """
      INSERT INTO holdfast.event_heads (tenant_id) VALUES (?) ON CONFLICT DO NOTHING
      """;

  /// Who has it is the one that publishes; others have nothing to wait for.
  static final String HEAD_LOCK =
      """
      SELECT last_position FROM holdfast.event_heads
      WHERE tenant_id = ?
      FOR UPDATE SKIP LOCKED
      """;

  /// What can be seen now, in the order in which it was written. A row that is seen has no older
  /// one of the same subject that is not: that one's transaction had the subject's row locked, and
  /// was over before this one's went on.
  static final String BATCHES_PUBLISH =
      """
      UPDATE holdfast.event_batches b
      SET last_position = n.last_position, published_at = clock_timestamp()
      FROM (
          SELECT w.batch_id, (?::bigint + sum(w.size) OVER (ORDER BY w.batch_id))::bigint
              AS last_position
          FROM (
              SELECT batch_id, size FROM holdfast.event_batches
              WHERE tenant_id = ? AND last_position IS NULL
              ORDER BY batch_id LIMIT ?) w) n
      WHERE b.tenant_id = ? AND b.batch_id = n.batch_id
      RETURNING b.last_position
      """;

  static final String HEAD_MOVE =
      """
      UPDATE holdfast.event_heads SET last_position = ? WHERE tenant_id = ?
      """;

  private Publication() {}

  /// Who has something to be published, and since when. It looks across tenants.
  record Waiting(TenantId tenant, Instant since) {}

  /// What was published.
  ///
  /// @param rows how many transactions' events these were
  record Published(int rows, long events) {
    static final Published NOTHING = new Published(0, 0);
  }

  static List<Waiting> waiting(Handle handle) {
    return handle
        .createQuery(TENANTS_TO_PUBLISH)
        .map(
            (row, _) ->
                new Waiting(
                    new TenantId(row.getLong(1)),
                    row.getObject(2, OffsetDateTime.class).toInstant()))
        .list();
  }

  static Set<TenantId> toldOfStock(Handle handle) {
    return handle
        .createQuery(TENANTS_TOLD_OF_STOCK)
        .map((row, _) -> new TenantId(row.getLong(1)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// How far each tenant is; one of which nothing was ever published is not among them.
  static Map<TenantId, Long> positions(Handle handle, Collection<TenantId> tenants) {
    String ids =
        tenants.stream()
            .map(tenant -> Long.toString(tenant.value()))
            .collect(Collectors.joining(",", "{", "}"));
    Map<TenantId, Long> positions = new HashMap<>();
    handle
        .createQuery(POSITIONS_READ)
        .bind(0, ids)
        .map((row, _) -> Map.entry(new TenantId(row.getLong(1)), row.getLong(2)))
        .forEach(entry -> positions.put(entry.getKey(), entry.getValue()));
    return positions;
  }

  /// In a transaction of the tenant's.
  ///
  /// @param most rows
  static Published publish(Handle handle, TenantId tenant, int most) {
    handle.execute(HEAD_INSERT, tenant.value());
    Optional<Long> head =
        handle
            .createQuery(HEAD_LOCK)
            .bind(0, tenant.value())
            .map((row, _) -> row.getLong(1))
            .findOne();
    return head.isEmpty() ? Published.NOTHING : publish(handle, tenant, head.get(), most);
  }

  /// A later statement than the one that took the lock: it sees all that the one before has
  /// published.
  private static Published publish(Handle handle, TenantId tenant, long head, int most) {
    List<Long> positions =
        handle
            .createQuery(BATCHES_PUBLISH)
            .bind(0, head)
            .bind(1, tenant.value())
            .bind(2, most)
            .bind(3, tenant.value())
            .mapTo(Long.class)
            .list();
    OptionalLong last = positions.stream().mapToLong(Long::longValue).max();
    if (last.isEmpty()) {
      return Published.NOTHING;
    }
    handle.execute(HEAD_MOVE, last.getAsLong(), tenant.value());
    return new Published(positions.size(), last.getAsLong() - head);
  }
}
