package io.holdfast.stock.audit;

import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.verify.Chain;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/// The table of how far each level's chain was walked.
public final class Marks {
  public static final String MARK_FIND =
      """
      SELECT position, on_hand, reserved, safety_stock, hash
      FROM holdfast.audit_marks
      WHERE tenant_id = ? AND sku = ? AND location = ?""";

  public static final String MARK_SET =
      """
      INSERT INTO holdfast.audit_marks
          (tenant_id, sku, location, position, on_hand, reserved, safety_stock, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, decode(?, 'hex'))
      ON CONFLICT (tenant_id, sku, location) DO UPDATE
      SET position = excluded.position, on_hand = excluded.on_hand,
          reserved = excluded.reserved, safety_stock = excluded.safety_stock,
          hash = excluded.hash""";

  private Marks() {}

  /// The start where there is none.
  static Chain.State find(Connection snapshot, TenantId tenant, LevelName level)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(snapshot)) {
      trip.add(MARK_FIND, tenant.value(), level.sku(), level.location());
      trip.send();
      try (ResultSet row = trip.rows()) {
        return row.next()
            ? new Chain.State(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getBytes(5))
            : Chain.State.start();
      }
    }
  }

  static void set(Connection snapshot, TenantId tenant, LevelName level, Chain.State state)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(snapshot)) {
      trip.add(
          MARK_SET,
          tenant.value(),
          level.sku(),
          level.location(),
          state.position(),
          state.onHand(),
          state.reserved(),
          state.safetyStock(),
          HexFormat.of().formatHex(state.hash()));
      trip.send();
    }
  }
}
