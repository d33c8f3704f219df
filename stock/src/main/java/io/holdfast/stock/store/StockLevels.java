package io.holdfast.stock.store;

import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Guard;
import io.holdfast.stock.decide.LevelKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of stock levels, and what its load says of the items and locations named with them.
public final class StockLevels {
  /// A scalar sub-select is looked up for each key; EXISTS could be turned into a table of all
  /// rows. LATERAL with a row lock inside can't be turned round by the planner: it goes through the
  /// keys in the order given, which is the lock order, and reaches each row by its primary key.
  public static final String LEVELS_LOCK =
      """
      SELECT k.ordinal,
          (SELECT i.tracked FROM holdfast.items i
              WHERE i.tenant_id = ? AND i.sku = k.sku) AS tracked,
          (SELECT true FROM holdfast.locations o
              WHERE o.tenant_id = ? AND o.location = k.location) AS located,
          l.version IS NOT NULL AS present,
          l.on_hand, l.reserved, l.version, l.chain_hash
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS k (sku, location, ordinal)
      LEFT JOIN LATERAL (
          SELECT s.on_hand, s.reserved, s.version, s.chain_hash
          FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND s.sku = k.sku AND s.location = k.location
          FOR UPDATE) l ON true""";

  public static final String LEVELS_LOCK_UNHELD =
      """
      SELECT k.ordinal,
          (SELECT i.tracked FROM holdfast.items i
              WHERE i.tenant_id = ? AND i.sku = k.sku) AS tracked,
          (SELECT true FROM holdfast.locations o
              WHERE o.tenant_id = ? AND o.location = k.location) AS located,
          (SELECT true FROM holdfast.stock_levels p
              WHERE p.tenant_id = ? AND p.sku = k.sku AND p.location = k.location) AS present,
          l.on_hand, l.reserved, l.version, l.chain_hash
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS k (sku, location, ordinal)
      LEFT JOIN LATERAL (
          SELECT s.on_hand, s.reserved, s.version, s.chain_hash
          FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND s.sku = k.sku AND s.location = k.location
          FOR UPDATE SKIP LOCKED) l ON true""";

  public static final String LEVELS_READ =
      """
      SELECT k.ordinal,
          (SELECT i.tracked FROM holdfast.items i
              WHERE i.tenant_id = ? AND i.sku = k.sku) AS tracked,
          (SELECT true FROM holdfast.locations o
              WHERE o.tenant_id = ? AND o.location = k.location) AS located,
          l.version IS NOT NULL AS present,
          l.on_hand, l.reserved, l.version, l.chain_hash
      FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS k (sku, location, ordinal)
      LEFT JOIN LATERAL (
          SELECT s.on_hand, s.reserved, s.version, s.chain_hash
          FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND s.sku = k.sku AND s.location = k.location
          OFFSET 0) l ON true""";

  /// An upsert and not an `UPDATE ... FROM unnest`: it finds each row through the primary key,
  /// whatever the planner believes about the table, and the first receipt makes the row.
  public static final String LEVELS_WRITE =
      """
      INSERT INTO holdfast.stock_levels AS s
          (tenant_id, sku, location, on_hand, reserved, version, chain_hash)
      SELECT ?, w.sku, w.location, w.on_hand, w.reserved, w.version, w.chain_hash
      FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])
          AS w (sku, location, on_hand, reserved, version, chain_hash)
      ON CONFLICT (tenant_id, sku, location) DO UPDATE
      SET on_hand = excluded.on_hand, reserved = excluded.reserved,
          version = excluded.version, chain_hash = excluded.chain_hash""";

  /// The same for levels that were not locked: a row that is no longer at the version before this
  /// one is left alone, and the count tells.
  public static final String LEVELS_WRITE_UNCHANGED =
      """
      INSERT INTO holdfast.stock_levels AS s
          (tenant_id, sku, location, on_hand, reserved, version, chain_hash)
      SELECT ?, w.sku, w.location, w.on_hand, w.reserved, w.version, w.chain_hash
      FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])
          AS w (sku, location, on_hand, reserved, version, chain_hash)
      ON CONFLICT (tenant_id, sku, location) DO UPDATE
      SET on_hand = excluded.on_hand, reserved = excluded.reserved,
          version = excluded.version, chain_hash = excluded.chain_hash
      WHERE s.version = excluded.version - 1""";

  /// The guard of the `conditional` control: a twin of the pure decision's arithmetic, see
  /// [io.holdfast.stock.decide.Guard]. It leaves version and hash to the write at the end.
  public static final String LEVEL_GUARD =
      """
      UPDATE holdfast.stock_levels
      SET on_hand = on_hand + ?, reserved = reserved + ?
      WHERE tenant_id = ? AND sku = ? AND location = ?
          AND on_hand + ? BETWEEN reserved + ? AND ?
          AND reserved + ? >= 0""";

  private StockLevels() {}

  /// What a load found for one key.
  ///
  /// @param tracked null when the tenant has no such item
  /// @param count null when there is no such level, or it is held
  /// @param held whether the level exists, but somebody else holds its row
  public record Loaded(
      LevelKey key,
      @Nullable Boolean tracked,
      boolean located,
      @Nullable StockCount count,
      byte @Nullable [] chainHash,
      boolean held) {}

  /// A level as it is to be.
  public record Row(LevelKey key, StockCount count, byte[] chainHash) {}

  /// Loads `keys`, which must be in lock order.
  public static void load(RoundTrip trip, TenantId tenant, List<LevelKey> keys, Locking locking) {
    Long id = tenant.value();
    String[] skus = keys.stream().map(key -> key.sku().value()).toArray(String[]::new);
    String[] locations = keys.stream().map(key -> key.location().value()).toArray(String[]::new);
    switch (locking) {
      case WAIT, SERIALIZABLE -> trip.add(LEVELS_LOCK, id, id, skus, locations, id);
      case SKIP_HELD -> trip.add(LEVELS_LOCK_UNHELD, id, id, id, skus, locations, id);
      case VERSION, GUARD, NONE -> trip.add(LEVELS_READ, id, id, skus, locations, id);
    }
  }

  public static List<Loaded> loaded(RoundTrip trip, List<LevelKey> keys) throws SQLException {
    List<Loaded> loaded = new ArrayList<>(keys.size());
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        LevelKey key = keys.get((int) rows.getLong(1) - 1);
        boolean isTracked = rows.getBoolean(2);
        Boolean tracked = rows.wasNull() ? null : isTracked;
        StockCount count = new StockCount(rows.getLong(5), rows.getLong(6), rows.getLong(7));
        boolean loadedRow = !rows.wasNull();
        loaded.add(
            new Loaded(
                key,
                tracked,
                rows.getBoolean(3),
                loadedRow ? count : null,
                rows.getBytes(8),
                rows.getBoolean(4) && !loadedRow));
      }
    }
    return loaded;
  }

  /// Applies the change if the level bears it; the count tells.
  public static void guard(RoundTrip trip, TenantId tenant, Guard guard) {
    trip.add(
        LEVEL_GUARD,
        guard.onHandChange(),
        guard.reservedChange(),
        tenant.value(),
        guard.level().sku().value(),
        guard.level().location().value(),
        guard.onHandChange(),
        guard.reservedChange(),
        Guard.MAX_ON_HAND,
        guard.reservedChange());
  }

  public static void write(RoundTrip trip, TenantId tenant, List<Row> rows) {
    add(trip, LEVELS_WRITE, tenant, rows);
  }

  /// Writes those that are still as they were one version before; the count tells.
  public static void writeUnchanged(RoundTrip trip, TenantId tenant, List<Row> rows) {
    add(trip, LEVELS_WRITE_UNCHANGED, tenant, rows);
  }

  private static void add(RoundTrip trip, String statement, TenantId tenant, List<Row> rows) {
    trip.add(
        statement,
        tenant.value(),
        rows.stream().map(row -> row.key().sku().value()).toArray(String[]::new),
        rows.stream().map(row -> row.key().location().value()).toArray(String[]::new),
        rows.stream().map(row -> row.count().onHand()).toArray(Long[]::new),
        rows.stream().map(row -> row.count().reserved()).toArray(Long[]::new),
        rows.stream().map(row -> row.count().version()).toArray(Long[]::new),
        rows.stream().map(Row::chainHash).toArray(byte[][]::new));
  }
}
