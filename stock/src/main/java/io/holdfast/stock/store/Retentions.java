package io.holdfast.stock.store;

import io.holdfast.stock.Retention;
import io.holdfast.stock.RetentionView;
import io.holdfast.stock.RetentionView.Archived;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The table of how long tenants keep what is old.
public final class Retentions {
  public static final String RETENTION_READ =
      """
      SELECT r.keys_days, r.reservations_days, r.movements_days, coalesce(r.version, 0),
          coalesce(p.keys, 0), coalesce(p.reservations, 0), coalesce(p.movements, 0),
          (extract(epoch FROM p.completed_at) * 1000000)::bigint
      FROM (VALUES (?::bigint)) AS t (tenant_id)
      LEFT JOIN holdfast.retentions r ON r.tenant_id = t.tenant_id
      LEFT JOIN holdfast.archive_passes p ON p.tenant_id = t.tenant_id""";

  /// A tenant that has no row yet is at version 0. If it is no longer at the version that was seen,
  /// or not yet, nothing is written, and the count tells.
  public static final String RETENTION_WRITE =
      """
      INSERT INTO holdfast.retentions AS r
          (tenant_id, keys_days, reservations_days, movements_days, version)
      SELECT ?, ?::integer, ?::integer, ?::integer, 1
      WHERE coalesce(?::bigint, 0) = 0
          OR EXISTS (SELECT FROM holdfast.retentions WHERE tenant_id = ?)
      ON CONFLICT (tenant_id) DO UPDATE
      SET keys_days = excluded.keys_days, reservations_days = excluded.reservations_days,
          movements_days = excluded.movements_days, version = r.version + 1
      WHERE r.version = coalesce(?::bigint, r.version)""";

  public static final String RETENTION_SEAL =
      """
      UPDATE holdfast.retentions r SET seal = holdfast.retention_seal(r) WHERE r.tenant_id = ?""";

  private Retentions() {}

  static void read(RoundTrip trip, TenantId tenant) {
    trip.add(RETENTION_READ, tenant.value());
  }

  static RetentionView view(RoundTrip trip) throws SQLException {
    try (ResultSet row = trip.rows()) {
      row.next();
      Retention retention =
          new Retention(integerOrNull(row, 1), integerOrNull(row, 2), integerOrNull(row, 3));
      Archived archived = new Archived(row.getLong(5), row.getLong(6), row.getLong(7));
      return new RetentionView(
          retention, row.getLong(4), archived, Transactions.instantOrNull(row, 8));
    }
  }

  private static @Nullable Integer integerOrNull(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  /// @param seenVersion null: any
  static void write(
      RoundTrip trip, TenantId tenant, Retention retention, @Nullable Long seenVersion) {
    trip.add(
        RETENTION_WRITE,
        tenant.value(),
        retention.keysDays(),
        retention.reservationsDays(),
        retention.movementsDays(),
        seenVersion,
        tenant.value(),
        seenVersion);
  }
}
