package io.holdfast.stock.testing;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.ChainHash;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/// Somebody who may do everything in the database, and knows the form of the hash chain: changes
/// who asked for a level's movements, and recomputes every hash, so that all of it fits again.
final class RewrittenHistory {
  private static final String MOVEMENTS_READ =
      """
      SELECT position, on_hand_change, reserved_change, on_hand_after, reserved_after,
          (extract(epoch FROM recorded_at) * 1000000)::bigint, reservation_id, kind, location,
          reason, detail
      FROM holdfast.movements
      WHERE tenant_id = ? AND sku = ?
      ORDER BY position""";

  private static final String MOVEMENT_REWRITE =
      """
      UPDATE holdfast.movements SET actor = ?, hash = ?
      WHERE tenant_id = ? AND sku = ? AND position = ?""";

  private static final String LEVEL_REWRITE =
      "UPDATE holdfast.stock_levels SET chain_hash = ? WHERE tenant_id = ? AND sku = ?";

  private final TestDatabase database;
  private final TenantId tenant;
  private final String sku;

  RewrittenHistory(TestDatabase database, TenantId tenant, String sku) {
    this.database = database;
    this.tenant = tenant;
    this.sku = sku;
  }

  void by(String actor) throws SQLException {
    try (Connection superuser = database.connectAsSuperuser();
        Statement settings = superuser.createStatement();
        PreparedStatement read = superuser.prepareStatement(MOVEMENTS_READ);
        PreparedStatement movement = superuser.prepareStatement(MOVEMENT_REWRITE);
        PreparedStatement level = superuser.prepareStatement(LEVEL_REWRITE)) {
      // Without triggers.
      settings.execute("SET session_replication_role = replica");
      byte[] hash = ChainHash.start();
      ChainHash chain = new ChainHash();
      read.setLong(1, tenant.value());
      read.setString(2, sku);
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          hash = chain.next(hash, row(rows, actor));
          movement.setString(1, actor);
          movement.setBytes(2, hash);
          movement.setLong(3, tenant.value());
          movement.setString(4, sku);
          movement.setLong(5, rows.getLong(1));
          movement.executeUpdate();
        }
      }
      level.setBytes(1, hash);
      level.setLong(2, tenant.value());
      level.setString(3, sku);
      level.executeUpdate();
    }
  }

  private ChainHash.Row row(ResultSet rows, String actor) throws SQLException {
    UUID reservation = rows.getObject(7, UUID.class);
    return new ChainHash.Row(
        tenant.value(),
        sku,
        rows.getString(9),
        rows.getLong(1),
        rows.getLong(2),
        rows.getLong(3),
        rows.getLong(4),
        rows.getLong(5),
        Transactions.instant(rows.getLong(6)),
        reservation == null ? null : new ReservationId(reservation),
        rows.getString(8),
        actor,
        rows.getString(10),
        rows.getString(11));
  }
}
