package io.holdfast.stock.archive;

import io.holdfast.stock.RetentionView.Archived;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.TenantIds;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The statements that move rows into the archive. What may be moved is decided by functions of the
/// database, from what the tenant has chosen; the application has no right to delete anything.
public final class Archives {
  public static final String TENANTS_FIND = "SELECT tenant_id FROM holdfast.retaining_tenants()";

  /// For one who begins at a time. Should it die, the next one begins when it is time again; should
  /// it take longer than that, two go through the tenant, and each finds what the other has left.
  public static final String PASS_BEGIN =
      """
      INSERT INTO holdfast.archive_passes AS p (tenant_id, begun_at)
      VALUES (?, clock_timestamp())
      ON CONFLICT (tenant_id) DO UPDATE SET begun_at = excluded.begun_at
      WHERE p.begun_at <= excluded.begun_at - ? * interval '1 millisecond'""";

  public static final String PASS_COUNT =
      """
      UPDATE holdfast.archive_passes
      SET keys = keys + ?, reservations = reservations + ?, movements = movements + ?
      WHERE tenant_id = ?""";

  public static final String PASS_COMPLETE =
      """
      UPDATE holdfast.archive_passes SET completed_at = clock_timestamp() WHERE tenant_id = ?""";

  public static final String KEYS_ARCHIVE = "SELECT holdfast.archive_keys(?, ?)";

  public static final String RESERVATIONS_ARCHIVE =
      "SELECT seen, last, moved FROM holdfast.archive_reservations(?, ?, ?)";

  /// Levels, and whether their oldest movement is old enough and comes before one that is stated.
  public static final String LEVELS_PAGE =
      """
      SELECT l.sku, l.location, m.is_due
      FROM (
          SELECT s.sku, s.location
          FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND (s.sku, s.location) > (?, ?)
          ORDER BY s.sku, s.location LIMIT ?) l
      CROSS JOIN LATERAL (
          SELECT n.recorded_at < (
                  SELECT clock_timestamp() - r.movements_days * interval '1 day'
                  FROM holdfast.retentions r WHERE r.tenant_id = ?)
              AND n.position < (
                  SELECT h.position FROM holdfast.checkpoint_heads h
                  WHERE h.tenant_id = n.tenant_id AND h.sku = n.sku AND h.location = n.location
                  ORDER BY h.number DESC LIMIT 1) AS is_due
          FROM holdfast.movements n
          WHERE n.tenant_id = ? AND n.sku = l.sku AND n.location = l.location
          ORDER BY n.position LIMIT 1) m
      ORDER BY l.sku, l.location""";

  public static final String MOVEMENTS_ARCHIVE = "SELECT holdfast.archive_movements(?, ?, ?, ?)";

  private Archives() {}

  /// A level, by its names as they stand in its row.
  record Level(String sku, String location, boolean isDue) {
    static final Level FIRST = new Level("", "", false);
  }

  /// @param last the reservation that was looked at last; if none was, where the look began
  record Moved(long seen, UUID last, long moved) {}

  /// Those who have chosen anything.
  static List<TenantId> tenants(Connection transaction) throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(TENANTS_FIND);
      trip.send();
      return TenantIds.read(trip);
    }
  }

  /// Answers whether it is the tenant's turn, and nobody else has begun.
  static boolean begin(Connection transaction, TenantId tenant, Duration interval)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(PASS_BEGIN, tenant.value(), interval.toMillis());
      trip.send();
      return trip.count() == 1;
    }
  }

  static void count(Connection transaction, TenantId tenant, Archived archived)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(
          PASS_COUNT,
          archived.keys(),
          archived.reservations(),
          archived.movements(),
          tenant.value());
      trip.send();
    }
  }

  static void complete(Connection transaction, TenantId tenant) throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(PASS_COMPLETE, tenant.value());
      trip.send();
    }
  }

  static long keys(Connection transaction, TenantId tenant, int atMost) throws SQLException {
    return number(transaction, KEYS_ARCHIVE, tenant.value(), atMost);
  }

  static Moved reservations(Connection transaction, TenantId tenant, UUID after, int atMost)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(RESERVATIONS_ARCHIVE, tenant.value(), after, atMost);
      trip.send();
      try (ResultSet row = trip.rows()) {
        row.next();
        UUID last = row.getObject(2, UUID.class);
        return new Moved(row.getLong(1), last == null ? after : last, row.getLong(3));
      }
    }
  }

  static List<Level> levels(Connection transaction, TenantId tenant, Level after, int atMost)
      throws SQLException {
    List<Level> levels = new ArrayList<>();
    Long id = tenant.value();
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(LEVELS_PAGE, id, after.sku(), after.location(), atMost, id, id);
      trip.send();
      try (ResultSet rows = trip.rows()) {
        while (rows.next()) {
          levels.add(new Level(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
        }
      }
    }
    return levels;
  }

  static long movements(Connection transaction, TenantId tenant, Level level, int atMost)
      throws SQLException {
    return number(
        transaction, MOVEMENTS_ARCHIVE, tenant.value(), level.sku(), level.location(), atMost);
  }

  private static long number(Connection transaction, String statement, Object... values)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(statement, values);
      trip.send();
      try (ResultSet row = trip.rows()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
