package io.holdfast.server.bench.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/// A reservation as a careful engineer writes it by hand with JDBC, without this project: lock the
/// row, check, count up, insert the reservation under its key, insert the movement, commit. It
/// writes the same tables as the engine, so that the rows, the indexes and the checks are the same;
/// of what the engine adds it has nothing (no hash chain, no stored answer to look up, no limit of
/// the waits), and its ledger is not one that verifies.
public final class PlainJdbc {
  public static final String STOCK_LOCK =
      """
      SELECT on_hand, reserved, version FROM holdfast.stock_levels
      WHERE tenant_id = ? AND sku = ? AND location = 'main' FOR UPDATE""";

  public static final String STOCK_UPDATE =
      """
      UPDATE holdfast.stock_levels SET reserved = ?, version = ?
      WHERE tenant_id = ? AND sku = ? AND location = 'main'""";

  public static final String RESERVATION_INSERT =
      """
      INSERT INTO holdfast.reservations
          (tenant_id, reservation_id, request_key, request_fingerprint, created_at, expires_at,
           state, actor, skus, locations, quantities, answer)
      VALUES (?, ?, ?, ?, clock_timestamp(), clock_timestamp() + interval '1 hour',
          'held', 'plain', ARRAY[?], ARRAY['main'], ARRAY[1], ?)""";

  public static final String MOVEMENT_INSERT =
      """
      INSERT INTO holdfast.movements
          (tenant_id, position, on_hand_change, reserved_change, on_hand_after, reserved_after,
           recorded_at, reservation_id, kind, sku, location, actor, hash)
      VALUES (?, ?, 0, 1, ?, ?, clock_timestamp(), ?, 'reserve', ?, 'main', 'plain', ?)""";

  private static final byte[] ANSWER = new byte[70];
  private static final byte[] HASH = new byte[32];

  private final DataSource database;
  private final long tenant;
  private final List<String> skus;

  /// @param database whose connections see the tenant's rows
  public PlainJdbc(DataSource database, long tenant, List<String> skus) {
    this.database = database;
    this.tenant = tenant;
    this.skus = List.copyOf(skus);
  }

  /// Reserves one unit of any of the items: false when it is sold out.
  public boolean reserve() throws SQLException {
    String sku = skus.get(ThreadLocalRandom.current().nextInt(skus.size()));
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        boolean isReserved = reserve(connection, sku);
        connection.commit();
        return isReserved;
      } catch (SQLException failed) {
        connection.rollback();
        throw failed;
      }
    }
  }

  private boolean reserve(Connection connection, String sku) throws SQLException {
    long onHand;
    long reserved;
    long version;
    try (PreparedStatement lock = connection.prepareStatement(STOCK_LOCK)) {
      lock.setLong(1, tenant);
      lock.setString(2, sku);
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next() || row.getLong(1) - row.getLong(2) < 1) {
          return false;
        }
        onHand = row.getLong(1);
        reserved = row.getLong(2) + 1;
        version = row.getLong(3) + 1;
      }
    }
    try (PreparedStatement update = connection.prepareStatement(STOCK_UPDATE)) {
      update.setLong(1, reserved);
      update.setLong(2, version);
      update.setLong(3, tenant);
      update.setString(4, sku);
      update.executeUpdate();
    }
    UUID id = insertReservation(connection, sku);
    try (PreparedStatement insert = connection.prepareStatement(MOVEMENT_INSERT)) {
      insert.setLong(1, tenant);
      insert.setLong(2, version);
      insert.setLong(3, onHand);
      insert.setLong(4, reserved);
      insert.setObject(5, id);
      insert.setString(6, sku);
      insert.setBytes(7, HASH);
      insert.executeUpdate();
    }
    return true;
  }

  private UUID insertReservation(Connection connection, String sku) throws SQLException {
    UUID id = timeOrderedId();
    try (PreparedStatement insert = connection.prepareStatement(RESERVATION_INSERT)) {
      insert.setLong(1, tenant);
      insert.setObject(2, id);
      insert.setObject(3, UUID.randomUUID());
      insert.setObject(4, UUID.randomUUID());
      insert.setString(5, sku);
      insert.setBytes(6, ANSWER);
      insert.executeUpdate();
    }
    return id;
  }

  private static UUID timeOrderedId() {
    return new UUID(
        System.currentTimeMillis() << 16 | 0x7000L,
        0x8000_0000_0000_0000L | ThreadLocalRandom.current().nextLong() >>> 2);
  }
}
