package io.holdfast.server.trail;

import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The tables `trail_seals`, `trail_heads` and `trail_unsealed`.
final class Seals {
  static final String TENANTS_TO_SEAL =
      """
      SELECT tenant_id, oldest_at FROM holdfast.tenants_to_seal()
      """;

  static final String HEAD_INSERT =
      """
      INSERT INTO holdfast.trail_heads (tenant_id) VALUES (?) ON CONFLICT DO NOTHING
      """;

  /// Who has it is the one that seals; others have nothing to wait for.
  static final String HEAD_LOCK =
      """
      SELECT sequence, hash FROM holdfast.trail_heads
      WHERE tenant_id = ?
      FOR UPDATE SKIP LOCKED
      """;

  static final String HEAD_MOVE =
      """
      UPDATE holdfast.trail_heads SET sequence = ?, hash = ? WHERE tenant_id = ?
      """;

  static final String UNSEALED_READ =
      """
      SELECT e.entry_id, e.times, e.recorded_at, e.outcome, e.operation, e.actor, e.request_id,
          e.address, e.subject_kind, e.subject_name, e.needs, e.state_before::text,
          e.state_after::text
      FROM holdfast.trail_unsealed u
      JOIN holdfast.trail_entries e ON e.tenant_id = u.tenant_id AND e.entry_id = u.entry_id
      WHERE u.tenant_id = ?
      ORDER BY u.entry_id
      LIMIT ?
      """;

  static final String CLOCK_READ =
      """
      SELECT clock_timestamp()
      """;

  static final String SEAL_INSERT =
      """
      INSERT INTO holdfast.trail_seals (tenant_id, sequence, entry_id, sealed_at, hash)
      VALUES (?, ?, ?, ?, ?)
      """;

  static final String UNSEALED_DELETE =
      """
      DELETE FROM holdfast.trail_unsealed WHERE tenant_id = ? AND entry_id = ?
      """;

  private Seals() {}

  /// Who has something to be sealed, and since when. It looks across tenants.
  record Waiting(TenantId tenant, Optional<Instant> since) {}

  /// The newest seal.
  record Head(long sequence, byte[] hash) {}

  record Seal(long sequence, long entryId, Instant sealedAt, byte[] hash) {}

  static List<Waiting> waiting(Handle handle) {
    return handle
        .createQuery(TENANTS_TO_SEAL)
        .map(
            (row, _) ->
                new Waiting(
                    new TenantId(row.getLong(1)),
                    row.getObject(2) == null
                        ? Optional.empty()
                        : Optional.of(Entries.instant(row, 2))))
        .list();
  }

  /// Empty while somebody else seals.
  static Optional<Head> lock(Handle handle, TenantId tenant) {
    handle.execute(HEAD_INSERT, tenant.value());
    return handle
        .createQuery(HEAD_LOCK)
        .bind(0, tenant.value())
        .map((row, _) -> new Head(row.getLong(1), row.getBytes(2)))
        .findOne();
  }

  static List<StoredEntry> unsealed(Handle handle, TenantId tenant, int most) {
    return handle
        .createQuery(UNSEALED_READ)
        .bind(0, tenant.value())
        .bind(1, most)
        .map((row, _) -> Entries.stored(row))
        .list();
  }

  static Instant clock(Handle handle) {
    return handle.createQuery(CLOCK_READ).map((row, _) -> Entries.instant(row, 1)).one();
  }

  /// Writes them, and moves the head to the last one.
  static void add(Handle handle, TenantId tenant, List<Seal> seals) {
    var inserts = handle.prepareBatch(SEAL_INSERT);
    var deletes = handle.prepareBatch(UNSEALED_DELETE);
    for (Seal seal : seals) {
      inserts.add(
          tenant.value(),
          seal.sequence(),
          seal.entryId(),
          seal.sealedAt().atOffset(ZoneOffset.UTC),
          seal.hash());
      deletes.add(tenant.value(), seal.entryId());
    }
    inserts.execute();
    deletes.execute();
    Seal last = seals.getLast();
    handle.execute(HEAD_MOVE, last.sequence(), last.hash(), tenant.value());
  }
}
