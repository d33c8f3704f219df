package io.holdfast.proof.rows;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What one moment of the database shows of some items: nothing, if all is well.
record Snapshot(
    List<String> oversold,
    List<String> unbalanced,
    List<String> vanished,
    List<String> partial,
    List<String> overdue) {

  private static final String LEVELS_IMPOSSIBLE =
      """
      SELECT format('%s at %s: on_hand %s, reserved %s', sku, location, on_hand, reserved)
      FROM holdfast.stock_levels
      WHERE tenant_id = ? AND sku = ANY (?)
        AND (on_hand < 0 OR reserved < 0 OR reserved > on_hand)
      ORDER BY sku, location LIMIT 20
      """;

  private static final String LEVELS_UNBALANCED =
      """
      SELECT format('%s at %s: on_hand %s, reserved %s, version %s; movements: %s, %s in %s',
                    l.sku, l.location, l.on_hand, l.reserved, l.version,
                    m.on_hand, m.reserved, m.changes)
      FROM holdfast.stock_levels l
      LEFT JOIN (
          SELECT tenant_id, sku, location, sum(on_hand_change) AS on_hand,
                 sum(reserved_change) AS reserved, count(*) AS changes
          FROM holdfast.movements
          WHERE tenant_id = ? AND sku = ANY (?)
          GROUP BY tenant_id, sku, location) m USING (tenant_id, sku, location)
      WHERE l.tenant_id = ? AND l.sku = ANY (?)
        AND (l.on_hand, l.reserved, l.version) IS DISTINCT FROM
            (coalesce(m.on_hand, 0), coalesce(m.reserved, 0), coalesce(m.changes, 0))
      ORDER BY l.sku, l.location LIMIT 20
      """;

  private static final String TRANSFERS_UNEVEN =
      """
      SELECT format('%s: transfers add up to %s on hand, %s reserved',
                    sku, sum(on_hand_change), sum(reserved_change))
      FROM holdfast.movements
      WHERE tenant_id = ? AND sku = ANY (?) AND kind = 'transfer'
      GROUP BY sku
      HAVING sum(on_hand_change) <> 0 OR sum(reserved_change) <> 0
      LIMIT 20
      """;

  /// What a level has by the lines of a reservation, and what the movements for it have made of
  /// that: what went and has not come back, what is held, and what it claimed in the end.
  private static final String RESERVATIONS_PARTIAL =
      """
      WITH wanted AS (
          SELECT r.reservation_id, r.state, l.sku, l.location, sum(l.quantity) AS quantity,
                 CASE r.state WHEN 'committed' THEN sum(coalesce(l.returned, 0) - l.quantity)
                              ELSE 0 END AS on_hand,
                 CASE r.state WHEN 'held' THEN sum(l.quantity) ELSE 0 END AS reserved
          FROM holdfast.reservations r,
               unnest(r.skus, r.locations, r.quantities, r.returned)
                   AS l (sku, location, quantity, returned)
          WHERE r.tenant_id = ? AND r.skus && ? AND l.location IS NOT NULL
          GROUP BY r.reservation_id, r.state, l.sku, l.location),
      moved AS (
          SELECT reservation_id, sku, location, sum(on_hand_change) AS on_hand,
                 sum(reserved_change) AS reserved,
                 sum(reserved_change) FILTER (WHERE kind IN ('reserve', 'change')) AS claimed,
                 -sum(on_hand_change) FILTER (
                     WHERE kind IN ('purchase', 'commit', 'commit_expired')) AS sold
          FROM holdfast.movements
          WHERE tenant_id = ? AND sku = ANY (?) AND reservation_id IS NOT NULL
          GROUP BY reservation_id, sku, location),
      compared AS (
          SELECT m.reservation_id AS moved_for, w.reservation_id AS wanted_by, sku,
                 w.quantity, coalesce(w.on_hand, 0) AS on_hand, coalesce(w.reserved, 0) AS reserved,
                 CASE w.state WHEN 'committed' THEN m.sold ELSE m.claimed END AS moved_quantity,
                 coalesce(m.on_hand, 0) AS moved_on_hand, coalesce(m.reserved, 0) AS moved_reserved
          FROM wanted w FULL JOIN moved m USING (reservation_id, sku, location))
      SELECT format('reservation %s, %s: %s, on_hand %s, reserved %s by its lines; '
                    'by the movements %s, %s, %s', coalesce(wanted_by, moved_for), sku,
                    quantity, on_hand, reserved, moved_quantity, moved_on_hand, moved_reserved)
      FROM compared
      WHERE (on_hand, reserved) IS DISTINCT FROM (moved_on_hand, moved_reserved)
         OR (wanted_by IS NOT NULL AND quantity IS DISTINCT FROM moved_quantity)
         OR (wanted_by IS NULL AND NOT EXISTS (
                 SELECT 1 FROM holdfast.reservations r
                 WHERE r.tenant_id = ? AND r.skus && ? AND r.reservation_id = moved_for))
      LIMIT 20
      """;

  private static final String RESERVATIONS_OVERDUE =
      """
      SELECT format('reservation %s held until %s, still held at %s',
                    reservation_id, expires_at, now())
      FROM holdfast.reservations
      WHERE tenant_id = ? AND skus && ? AND state = 'held'
        AND expires_at < now() - interval '5 seconds'
      ORDER BY expires_at LIMIT 20
      """;

  /// All questions are asked of the same moment.
  static Snapshot take(TenantSession session, List<String> skus) throws SQLException {
    Connection connection = session.connection();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try {
      return new Snapshot(
          ask(session, LEVELS_IMPOSSIBLE, skus),
          ask(session, LEVELS_UNBALANCED, skus),
          ask(session, TRANSFERS_UNEVEN, skus),
          ask(session, RESERVATIONS_PARTIAL, skus),
          ask(session, RESERVATIONS_OVERDUE, skus));
    } finally {
      connection.rollback();
    }
  }

  /// Every question names tenant and items, as often as it needs them.
  private static List<String> ask(TenantSession session, String question, List<String> skus)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (PreparedStatement statement = session.connection().prepareStatement(question)) {
      Array items = session.connection().createArrayOf("text", skus.toArray());
      int parameters = statement.getParameterMetaData().getParameterCount();
      for (int i = 1; i <= parameters; i += 2) {
        statement.setLong(i, session.tenantId());
        statement.setArray(i + 1, items);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
    }
    return rows;
  }
}
