package io.holdfast.server.kafka;

import io.holdfast.stock.TenantId;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The tables `event_sinks` and `event_sink_positions`.
final class SinkPositions {
  static final String SINK_LEAD =
      """
      SELECT holdfast.lead_sink(?, ?, ?)
      """;

  static final String SINK_LEAVE =
      """
      SELECT holdfast.leave_sink(?, ?)
      """;

  static final String BEHIND_READ =
      """
      SELECT tenant_id, behind FROM holdfast.tenants_behind(?)
      """;

  static final String POSITION_READ =
      """
      SELECT position FROM holdfast.event_sink_positions WHERE tenant_id = ? AND sink = ?
      """;

  /// Nobody moves one back: of two that were sent the same, the one that was further is right.
  static final String POSITION_MOVE =
      """
      INSERT INTO holdfast.event_sink_positions AS p (tenant_id, sink, position, missed)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (tenant_id, sink) DO UPDATE
      SET position = excluded.position, missed = p.missed + excluded.missed
      WHERE p.position < excluded.position
      """;

  private SinkPositions() {}

  /// @param behind how many events it has not
  record Behind(TenantId tenant, long behind) {}

  /// Takes the lease, or goes on with it.
  ///
  /// @return false: somebody else has it
  static boolean lead(Handle handle, String sink, UUID lease, int seconds) {
    return handle
        .createQuery(SINK_LEAD)
        .bind(0, sink)
        .bind(1, lease)
        .bind(2, seconds)
        .mapTo(Boolean.class)
        .one();
  }

  static void leave(Handle handle, String sink, UUID lease) {
    handle.createQuery(SINK_LEAVE).bind(0, sink).bind(1, lease).mapTo(String.class).list();
  }

  /// Whose events it has not all of. It looks across tenants.
  static List<Behind> behind(Handle handle, String sink) {
    return handle
        .createQuery(BEHIND_READ)
        .bind(0, sink)
        .map((row, _) -> new Behind(new TenantId(row.getLong(1)), row.getLong(2)))
        .list();
  }

  static OptionalLong position(Handle handle, TenantId tenant, String sink) {
    return handle
        .createQuery(POSITION_READ)
        .bind(0, tenant.value())
        .bind(1, sink)
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  static void move(Handle handle, TenantId tenant, String sink, long position, long missed) {
    handle.execute(POSITION_MOVE, tenant.value(), sink, position, missed);
  }
}
