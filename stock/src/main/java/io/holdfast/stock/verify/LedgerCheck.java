package io.holdfast.stock.verify;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.ChainHash;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Walks the ledger of a tenant, level by level: positions without a hole, balances that follow
/// from the changes, hashes that follow from the rows, and levels that are what their last movement
/// says.
///
/// It takes the rows as they are. What the application would refuse to read, a sku with a line
/// break for one, is a difference like any other, and no reason to stop.
public final class LedgerCheck {
  public static final String LEDGER_READ =
      """
      SELECT m.sku, m.location, m.position, m.on_hand_change, m.reserved_change,
          m.on_hand_after, m.reserved_after,
          CASE WHEN isfinite(m.recorded_at)
              THEN (extract(epoch FROM m.recorded_at) * 1000000)::bigint END,
          m.reservation_id, m.kind, m.actor, m.reason, m.hash, m.detail
      FROM holdfast.movements m
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
          SELECT DISTINCT ON (sku, location) * FROM holdfast.movements
          WHERE tenant_id = ? AND kind = 'safety_stock'
          ORDER BY sku, location, position DESC) m
          ON m.sku = l.sku AND m.location = l.location
      WHERE l.safety_stock::text IS DISTINCT FROM coalesce(m.detail, '0')""";

  /// What left a location for another against what came there.
  public static final String TRANSFERS_COMPARE =
      """
      SELECT concat_ws(' ', sku, 'from', source, 'to', target), sum(left_there), sum(came)
      FROM (
          SELECT sku, CASE WHEN on_hand_change < 0 THEN location ELSE detail END AS source,
              CASE WHEN on_hand_change < 0 THEN detail ELSE location END AS target,
              CASE WHEN on_hand_change < 0 THEN -on_hand_change ELSE 0 END AS left_there,
              CASE WHEN on_hand_change < 0 THEN 0 ELSE on_hand_change END AS came
          FROM holdfast.movements
          WHERE tenant_id = ? AND kind = 'transfer') t
      GROUP BY sku, source, target
      HAVING sum(left_there) <> sum(came)""";

  private static final int FETCH_ROWS = 5_000;

  private final TenantId tenant;
  private final ChainHash chainHash = new ChainHash();
  private final List<Difference> differences = new ArrayList<>();

  private @Nullable Level level;
  private byte[] expectedHash = ChainHash.start();
  private long position;
  private long onHand;
  private long reserved;

  private record Level(String sku, String location) {}

  private LedgerCheck(TenantId tenant) {
    this.tenant = tenant;
  }

  static List<Difference> differences(Connection connection, TenantId tenant) throws SQLException {
    LedgerCheck check = new LedgerCheck(tenant);
    check.walk(connection);
    check.differences.addAll(
        new Comparison("level is its newest movement", LEVELS_COMPARE)
            .differences(connection, tenant));
    check.differences.addAll(
        new Comparison("safety stock is what was set last", SAFETY_STOCK_COMPARE)
            .differences(connection, tenant));
    check.differences.addAll(
        new Comparison("transfers sum to zero", TRANSFERS_COMPARE).differences(connection, tenant));
    return check.differences;
  }

  private void walk(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LEDGER_READ)) {
      statement.setFetchSize(FETCH_ROWS);
      statement.setLong(1, tenant.value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          step(rows);
        }
      }
    }
  }

  private void step(ResultSet rows) throws SQLException {
    Level current = new Level(rows.getString(1), rows.getString(2));
    if (!current.equals(level)) {
      level = current;
      expectedHash = ChainHash.start();
      position = 0;
      onHand = 0;
      reserved = 0;
    }
    String row = current.sku + "/" + current.location + " position " + rows.getLong(3);
    compare("movement.position", row, position + 1, rows.getLong(3));
    compare("movement.on_hand_after", row, onHand + rows.getLong(4), rows.getLong(6));
    compare("movement.reserved_after", row, reserved + rows.getLong(5), rows.getLong(7));
    byte[] hash = Objects.requireNonNullElse(rows.getBytes(13), new byte[0]);
    byte[] recomputed = chainHash.next(expectedHash, row(current, rows));
    if (!Arrays.equals(recomputed, hash)) {
      HexFormat hex = HexFormat.of();
      differences.add(
          new Difference("movement.hash", row, hex.formatHex(recomputed), hex.formatHex(hash)));
    }
    position = rows.getLong(3);
    onHand = rows.getLong(6);
    reserved = rows.getLong(7);
    expectedHash = hash;
  }

  private ChainHash.Row row(Level current, ResultSet rows) throws SQLException {
    UUID reservation = rows.getObject(9, UUID.class);
    return new ChainHash.Row(
        tenant.value(),
        current.sku,
        current.location,
        rows.getLong(3),
        rows.getLong(4),
        rows.getLong(5),
        rows.getLong(6),
        rows.getLong(7),
        Transactions.instant(rows.getLong(8)),
        reservation == null ? null : new ReservationId(reservation),
        rows.getString(10),
        rows.getString(11),
        rows.getString(12),
        rows.getString(14));
  }

  private void compare(String check, String row, long expected, long found) {
    if (expected != found) {
      differences.add(new Difference(check, row, Long.toString(expected), Long.toString(found)));
    }
  }
}
