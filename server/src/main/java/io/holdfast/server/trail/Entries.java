package io.holdfast.server.trail;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `trail_entries`. Rows are only ever added.
final class Entries {
  static final String ENTRY_INSERT =
      """
      INSERT INTO holdfast.trail_entries
          (tenant_id, times, outcome, operation, actor, request_id, address, subject_kind,
           subject_name, needs, state_before, state_after)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json)
      """;

  static final String ENTRIES_INSERT =
      """
      INSERT INTO holdfast.trail_entries
          (tenant_id, times, outcome, operation, actor, request_id, address, subject_kind,
           subject_name, needs, state_before, state_after)
      SELECT u.tenant_id, u.times, u.outcome, u.operation, u.actor, u.request_id, u.address,
          u.subject_kind, u.subject_name, u.needs, u.state_before::json, u.state_after::json
      FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          AS u (tenant_id, times, outcome, operation, actor, request_id, address, subject_kind,
              subject_name, needs, state_before, state_after)
      """;

  /// Of the columns that are inserted.
  private static final List<String> ENTRY_TYPES =
      List.of(
          "bigint", "bigint", "text", "text", "text", "text", "text", "text", "text", "text",
          "text", "text");

  /// Each condition is one that all rows meet, where it is not asked for.
  static final String ENTRIES_SEARCH =
      """
      SELECT e.entry_id, e.times, e.recorded_at, e.outcome, e.operation, e.actor, e.request_id,
          e.address, e.subject_kind, e.subject_name, e.needs, e.state_before::text,
          e.state_after::text, s.sequence, s.sealed_at, s.hash
      FROM holdfast.trail_entries e
      LEFT JOIN holdfast.trail_seals s
          ON s.tenant_id = e.tenant_id AND s.entry_id = e.entry_id
      WHERE e.tenant_id = ?
          AND (e.recorded_at, e.entry_id) < (?, ?)
          AND e.recorded_at >= ?
          AND e.recorded_at < ?
          AND e.actor = coalesce(?, e.actor)
          AND e.operation = coalesce(?, e.operation)
          AND e.subject_kind = coalesce(?, e.subject_kind)
          AND e.subject_name = coalesce(?, e.subject_name)
          AND e.request_id = coalesce(?, e.request_id)
          AND e.outcome = coalesce(?, e.outcome)
      ORDER BY e.recorded_at DESC, e.entry_id DESC
      LIMIT ?
      """;

  private Entries() {}

  /// An entry, and its seal if it has one.
  record Found(StoredEntry entry, @Nullable Sealed seal) {}

  /// @param hash in hexadecimal digits
  record Sealed(long sequence, Instant sealedAt, String hash) {}

  /// @param handle in a transaction of the entry's tenant
  static void add(Handle handle, Entry entry) {
    handle.execute(ENTRY_INSERT, values(entry));
  }

  /// The same of many, as a set, for who has no handle.
  static void add(Connection transaction, List<Entry> entries) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(ENTRIES_INSERT)) {
      List<@Nullable Object[]> rows = entries.stream().map(Entries::values).toList();
      for (int column = 0; column < ENTRY_TYPES.size(); column++) {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        for (int row = 0; row < values.length; row++) {
          values[row] = rows.get(row)[column];
        }
        insert.setArray(column + 1, transaction.createArrayOf(ENTRY_TYPES.get(column), values));
      }
      insert.executeUpdate();
    }
  }

  private static @Nullable Object[] values(Entry entry) {
    return new @Nullable Object[] {
      entry.tenant().value(),
      entry.times(),
      entry.outcome().code(),
      entry.operation(),
      entry.actor(),
      entry.requestId(),
      entry.address(),
      entry.subject().kind(),
      entry.subject().name(),
      entry.needs(),
      entry.before(),
      entry.after()
    };
  }

  /// The newest first.
  static List<Found> search(Handle handle, TenantId tenant, EntryQuery query, int most) {
    return handle
        .createQuery(ENTRIES_SEARCH)
        .bind(0, tenant.value())
        .bind(1, query.before().recordedAt().atOffset(ZoneOffset.UTC))
        .bind(2, query.before().id())
        .bind(3, query.from().atOffset(ZoneOffset.UTC))
        .bind(4, query.to().atOffset(ZoneOffset.UTC))
        .bind(5, query.actor())
        .bind(6, query.operation())
        .bind(7, query.kind())
        .bind(8, query.subject())
        .bind(9, query.requestId())
        .bind(10, query.outcome())
        .bind(11, most)
        .map((row, _) -> new Found(stored(row), seal(row)))
        .list();
  }

  /// @param row whose first thirteen columns are those of [#ENTRIES_SEARCH]
  static StoredEntry stored(ResultSet row) throws SQLException {
    return new StoredEntry(
        row.getLong(1),
        row.getLong(2),
        instant(row, 3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13));
  }

  private static @Nullable Sealed seal(ResultSet row) throws SQLException {
    byte[] hash = row.getBytes(16);
    return hash == null
        ? null
        : new Sealed(row.getLong(14), instant(row, 15), HexFormat.of().formatHex(hash));
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
