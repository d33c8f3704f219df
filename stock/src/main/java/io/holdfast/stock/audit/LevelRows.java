package io.holdfast.stock.audit;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.verify.Chain;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// What the auditor reads of levels and of their movements.
public final class LevelRows {
  /// The next levels, and whether each is what it was when it was audited last, with nothing added
  /// to its ledger since.
  public static final String LEVELS_PAGE =
      """
      SELECT l.sku, l.location,
          coalesce((l.on_hand, l.reserved, l.safety_stock, l.version, l.chain_hash)
                  = (k.on_hand, k.reserved, k.safety_stock, k.position, k.hash)
              AND (m.position, m.hash) = (k.position, k.hash), false)
      FROM (
          SELECT s.sku, s.location, s.on_hand, s.reserved, s.safety_stock, s.version, s.chain_hash
          FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND (s.sku, s.location) > (?, ?)
          ORDER BY s.sku, s.location LIMIT ?) l
      LEFT JOIN LATERAL (
          SELECT a.position, a.on_hand, a.reserved, a.safety_stock, a.hash
          FROM holdfast.audit_marks a
          WHERE a.tenant_id = ? AND a.sku = l.sku AND a.location = l.location
          OFFSET 0) k ON true
      LEFT JOIN LATERAL (
          SELECT n.position, n.hash
          FROM holdfast.movements n
          WHERE n.tenant_id = ? AND n.sku = l.sku AND n.location = l.location
          ORDER BY n.position DESC LIMIT 1) m ON true
      ORDER BY l.sku, l.location""";

  public static final String LEVEL_READ =
      """
      SELECT version, on_hand, reserved, safety_stock, chain_hash
      FROM holdfast.stock_levels
      WHERE tenant_id = ? AND sku = ? AND location = ?""";

  /// Columns as the ledger's check lists them.
  public static final String MOVEMENTS_PAGE =
      """
      SELECT m.sku, m.location, m.position, m.on_hand_change, m.reserved_change,
          m.on_hand_after, m.reserved_after,
          CASE WHEN isfinite(m.recorded_at)
              THEN (extract(epoch FROM m.recorded_at) * 1000000)::bigint END,
          m.reservation_id, m.kind, m.actor, m.reason, m.hash, m.detail
      FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
      WHERE m.tenant_id = ? AND m.sku = ? AND m.location = ? AND m.position > ?
      ORDER BY m.position
      LIMIT ?""";

  public static final String HASH_FIND =
      """
      SELECT hash FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
      WHERE tenant_id = ? AND sku = ? AND location = ? AND position = ?""";

  /// Movements of a reservation that is not there, or whose state contradicts them, or whose lines
  /// do. A release may belong to a reservation that was committed in part, and an expiry to one
  /// that was reserved again when its commit came too late. What is moved is what the lines have if
  /// these stay as they are then: by whatever ends a reservation, and by what makes one that was
  /// never changed.
  public static final String RESERVATIONS_COMPARE =
      """
      SELECT concat(m.sku, '/', m.location, ' position ', m.position),
          concat_ws(' ', m.kind, t.quantity, 'of', m.reservation_id),
          CASE WHEN r.state IS NULL THEN 'no reservation'
              ELSE concat_ws(' ', r.state, CASE WHEN t.quantity IS NOT NULL
                  THEN coalesce(r.quantity, 0) END) END
      FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
      LEFT JOIN LATERAL (
          SELECT v.state, v.changed_at,
              (SELECT sum(line.quantity)
                  FROM unnest(v.skus, v.locations, v.quantities)
                      AS line (sku, location, quantity)
                  WHERE line.sku = m.sku AND line.location = m.location) AS quantity
          FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) v
          WHERE v.tenant_id = ? AND v.reservation_id = m.reservation_id
          OFFSET 0) r ON true
      CROSS JOIN LATERAL (
          SELECT CASE
              WHEN m.kind IN ('purchase', 'commit', 'commit_expired')
                  THEN -m.on_hand_change::numeric
              WHEN (m.kind, r.state) IN (('release', 'released'), ('expire', 'expired'))
                  THEN -m.reserved_change::numeric
              WHEN m.kind = 'reserve' AND r.changed_at IS NULL THEN m.reserved_change
              END AS quantity) t
      WHERE m.tenant_id = ? AND m.sku = ? AND m.location = ? AND m.position > ?
          AND m.position <= ? AND m.reservation_id IS NOT NULL
          AND (r.state IS NULL OR t.quantity <> coalesce(r.quantity, 0)
              OR r.state <> ALL (CASE m.kind
                  WHEN 'reserve' THEN '{held,committed,released,expired}'
                  WHEN 'change' THEN '{held,committed,released,expired}'
                  WHEN 'release' THEN '{released,committed}'
                  WHEN 'expire' THEN '{expired,committed}'
                  ELSE '{committed}' END::text[]))""";

  private LevelRows() {}

  @FunctionalInterface
  interface Taking {
    void take(LevelName level, boolean isAsAudited);
  }

  /// The levels that follow. Answers how many there were.
  static int page(Connection snapshot, TenantId tenant, LevelName after, int atMost, Taking taking)
      throws SQLException {
    int seen = 0;
    try (RoundTrip trip = new RoundTrip(snapshot)) {
      Long id = tenant.value();
      trip.add(LEVELS_PAGE, id, after.sku(), after.location(), atMost, id, id);
      trip.send();
      try (ResultSet row = trip.rows()) {
        while (row.next()) {
          seen++;
          taking.take(new LevelName(row.getString(1), row.getString(2)), row.getBoolean(3));
        }
      }
    }
    return seen;
  }

  /// The level as its row has it, in the terms of its chain.
  static Optional<Chain.State> read(Connection snapshot, TenantId tenant, LevelName level)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(snapshot)) {
      trip.add(LEVEL_READ, tenant.value(), level.sku(), level.location());
      trip.send();
      try (ResultSet row = trip.rows()) {
        return row.next()
            ? Optional.of(
                new Chain.State(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getBytes(5)))
            : Optional.empty();
      }
    }
  }

  /// Walks the movements that follow. Answers how many there were.
  static int walk(Connection snapshot, LevelWalk walk, LevelName level, Chain chain, int atMost)
      throws SQLException {
    int rows = 0;
    try (PreparedStatement statement = snapshot.prepareStatement(MOVEMENTS_PAGE)) {
      statement.setLong(1, walk.tenant().value());
      statement.setString(2, level.sku());
      statement.setString(3, level.location());
      statement.setLong(4, chain.state().position());
      statement.setInt(5, atMost);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows++;
          chain.step(row);
          walk.transfers().take(level, row);
        }
      }
    }
    return rows;
  }

  /// Holds the movements between two positions against their reservations.
  static void compareReservations(
      Connection snapshot, LevelWalk walk, LevelName level, long after, long upTo)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(snapshot)) {
      Long id = walk.tenant().value();
      trip.add(RESERVATIONS_COMPARE, id, id, level.sku(), level.location(), after, upTo);
      trip.send();
      try (ResultSet row = trip.rows()) {
        while (row.next()) {
          walk.found()
              .accept(
                  new Difference(
                      "movement has its reservation",
                      row.getString(1),
                      row.getString(2),
                      row.getString(3)));
        }
      }
    }
  }

  static Optional<byte[]> hash(Connection snapshot, TenantId tenant, LevelName level, long position)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(snapshot)) {
      trip.add(HASH_FIND, tenant.value(), level.sku(), level.location(), position);
      trip.send();
      try (ResultSet row = trip.rows()) {
        return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    }
  }
}
