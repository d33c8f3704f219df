package io.holdfast.stock.verify;

import io.holdfast.stock.Sku;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Walks the ledger of a tenant, level by level, and holds the levels against what it comes to.
public final class LedgerCheck {
  public static final String LEDGER_READ =
      """
      SELECT m.sku, m.location, m.position, m.on_hand_change, m.reserved_change,
          m.on_hand_after, m.reserved_after,
          CASE WHEN isfinite(m.recorded_at)
              THEN (extract(epoch FROM m.recorded_at) * 1000000)::bigint END,
          m.reservation_id, m.kind, m.actor, m.reason, m.hash, m.detail
      FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
      WHERE m.tenant_id = ?
      ORDER BY m.sku, m.location, m.position""";

  /// Levels whose numbers are not those of their newest movement; both ways round.
  public static final String LEVELS_COMPARE =
      """
      SELECT concat_ws('/', coalesce(l.sku, m.sku), coalesce(l.location, m.location)),
          concat_ws(' ', m.on_hand_after, m.reserved_after, m.position, encode(m.hash, 'hex')),
          concat_ws(' ', l.on_hand, l.reserved, l.version, encode(l.chain_hash, 'hex'))
      FROM (SELECT * FROM holdfast.stock_levels WHERE tenant_id = ?) l
      FULL JOIN (
          SELECT DISTINCT ON (sku, location) * FROM holdfast.movements WHERE tenant_id = ?
          ORDER BY sku, location, position DESC) m
          ON m.sku = l.sku AND m.location = l.location
      WHERE (l.on_hand, l.reserved, l.version, l.chain_hash)
          IS DISTINCT FROM (m.on_hand_after, m.reserved_after, m.position, m.hash)""";

  /// What is kept from being sold against the newest movement that says so.
  public static final String SAFETY_STOCK_COMPARE =
      """
      SELECT concat_ws('/', coalesce(l.sku, m.sku), coalesce(l.location, m.location)),
          coalesce(m.detail, '0'), l.safety_stock
      FROM (SELECT * FROM holdfast.stock_levels WHERE tenant_id = ?) l
      FULL JOIN (
          SELECT DISTINCT ON (sku, location) *
          FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) s
          WHERE tenant_id = ? AND kind = 'safety_stock'
          ORDER BY sku, location, position DESC) m
          ON m.sku = l.sku AND m.location = l.location
      WHERE l.safety_stock::text IS DISTINCT FROM coalesce(m.detail, '0')""";

  /// What left a location for another against what came there, of the items in a range.
  public static final String TRANSFERS_COMPARE =
      """
      SELECT concat_ws(' ', sku, 'from', source, 'to', target), sum(left_there), sum(came)
      FROM (
          SELECT sku, CASE WHEN on_hand_change < 0 THEN location ELSE detail END AS source,
              CASE WHEN on_hand_change < 0 THEN detail ELSE location END AS target,
              CASE WHEN on_hand_change < 0 THEN -on_hand_change ELSE 0 END AS left_there,
              CASE WHEN on_hand_change < 0 THEN 0 ELSE on_hand_change END AS came
          FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
          WHERE tenant_id = ? AND sku >= ? AND sku <= ? AND kind = 'transfer') t
      GROUP BY sku, source, target
      HAVING sum(left_there) <> sum(came)""";

  /// Levels that say that they are quarantined against the record of it, both ways round. Nothing
  /// moves on such a level, so its numbers are those that it was found with.
  public static final String QUARANTINES_COMPARE =
      """
      SELECT concat_ws('/', coalesce(l.sku, q.sku), coalesce(l.location, q.location)),
          coalesce(concat_ws(' ', 'quarantined', q.quarantined_at, 'with', q.on_hand, q.reserved,
              q.safety_stock, q.version, q.reason), 'no quarantine'),
          coalesce(concat_ws(' ', 'quarantined', l.quarantined_at, 'with', l.on_hand, l.reserved,
              l.safety_stock, l.version, l.quarantine_reason), 'no quarantine')
      FROM (SELECT * FROM holdfast.stock_levels
          WHERE tenant_id = ? AND quarantined_at IS NOT NULL) l
      FULL JOIN (SELECT * FROM holdfast.quarantines WHERE tenant_id = ? AND released_at IS NULL) q
          ON q.sku = l.sku AND q.location = l.location
      WHERE (l.quarantined_at, l.on_hand, l.reserved, l.safety_stock, l.version,
              l.quarantine_reason)
          IS DISTINCT FROM (q.quarantined_at, q.on_hand, q.reserved, q.safety_stock, q.version,
              q.reason)""";

  private static final int FETCH_ROWS = 5_000;

  private LedgerCheck() {}

  static List<Difference> differences(Connection connection, TenantId tenant) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    walk(connection, tenant, differences::add);
    differences.addAll(
        new Comparison("level is its newest movement", LEVELS_COMPARE)
            .differences(connection, tenant));
    differences.addAll(
        new Comparison("safety stock is what was set last", SAFETY_STOCK_COMPARE)
            .differences(connection, tenant));
    differences.addAll(transfers(connection, tenant, "", lastName()));
    differences.addAll(quarantines(connection, tenant));
    differences.addAll(LevelNameCheck.differences(connection, tenant));
    return differences;
  }

  public static List<Difference> quarantines(Connection connection, TenantId tenant)
      throws SQLException {
    return new Comparison("level is quarantined as is recorded", QUARANTINES_COMPARE)
        .differences(connection, tenant);
  }

  /// @param sku of the only item that is looked at
  public static List<Difference> transfers(Connection connection, TenantId tenant, String sku)
      throws SQLException {
    return transfers(connection, tenant, sku, sku);
  }

  private static List<Difference> transfers(
      Connection connection, TenantId tenant, String first, String last) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(TRANSFERS_COMPARE)) {
      statement.setLong(1, tenant.value());
      statement.setString(2, first);
      statement.setString(3, last);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          differences.add(
              new Difference(
                  "transfers sum to zero", row.getString(1), row.getString(2), row.getString(3)));
        }
      }
    }
    return differences;
  }

  /// After every name that an item can have.
  private static String lastName() {
    return Character.toString(Character.MAX_CODE_POINT).repeat(Sku.MAX_LENGTH);
  }

  private static void walk(Connection connection, TenantId tenant, Consumer<Difference> found)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LEDGER_READ)) {
      statement.setFetchSize(FETCH_ROWS);
      statement.setLong(1, tenant.value());
      try (ResultSet rows = statement.executeQuery()) {
        @Nullable Chain chain = null;
        while (rows.next()) {
          String sku = rows.getString(1);
          String location = rows.getString(2);
          if (chain == null || !chain.isOf(sku, location)) {
            chain = new Chain(tenant, sku, location, Chain.State.start(), found);
          }
          chain.step(rows);
        }
      }
    }
  }
}
