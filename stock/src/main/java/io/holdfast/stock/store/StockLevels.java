package io.holdfast.stock.store;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Guard;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.Quarantine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The table of stock levels, and what its load says of the items and locations named with them.
public final class StockLevels {
  /// A scalar sub-select is looked up for each key; EXISTS could be turned into a table of all
  /// rows. LATERAL with a row lock inside can't be turned round by the planner: it goes through the
  /// ranges in the order given and through each by the primary key, which is the lock order. So the
  /// limit stops it there, and what it does not answer it has not locked.
  public static final String LEVELS_LOCK =
      """
      SELECT k.ordinal, l.location,
          (SELECT i.tracked FROM holdfast.items i
              WHERE i.tenant_id = ? AND i.sku = k.sku) AS tracked,
          CASE WHEN l.location IS NULL
              THEN (SELECT o.priority FROM holdfast.locations o
                  WHERE o.tenant_id = ? AND o.location = k.first)
              ELSE l.priority END AS priority,
          l.on_hand, l.reserved, l.version, l.safety_stock, l.chain_hash,
          l.quarantine_reason, (extract(epoch FROM l.quarantined_at) * 1000000)::bigint
      FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS k (sku, first, last, ordinal)
      LEFT JOIN LATERAL (
          SELECT s.location, s.on_hand, s.reserved, s.version, s.safety_stock, s.chain_hash,
              s.quarantine_reason, s.quarantined_at,
              (SELECT o.priority FROM holdfast.locations o
                  WHERE o.tenant_id = s.tenant_id AND o.location = s.location) AS priority
          FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND s.sku = k.sku AND s.location BETWEEN k.first AND k.last
          ORDER BY s.location
          FOR UPDATE) l ON true
      LIMIT ?""";

  /// First the names, which nobody can hold, then their rows as far as nobody does.
  public static final String LEVELS_LOCK_UNHELD =
      """
      SELECT k.ordinal, n.location,
          (SELECT i.tracked FROM holdfast.items i
              WHERE i.tenant_id = ? AND i.sku = k.sku) AS tracked,
          CASE WHEN n.location IS NULL
              THEN (SELECT o.priority FROM holdfast.locations o
                  WHERE o.tenant_id = ? AND o.location = k.first)
              ELSE n.priority END AS priority,
          l.on_hand, l.reserved, l.version, l.safety_stock, l.chain_hash,
          l.quarantine_reason, (extract(epoch FROM l.quarantined_at) * 1000000)::bigint
      FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS k (sku, first, last, ordinal)
      LEFT JOIN LATERAL (
          SELECT p.location,
              (SELECT o.priority FROM holdfast.locations o
                  WHERE o.tenant_id = p.tenant_id AND o.location = p.location) AS priority
          FROM holdfast.stock_levels p
          WHERE p.tenant_id = ? AND p.sku = k.sku AND p.location BETWEEN k.first AND k.last
          ORDER BY p.location
          OFFSET 0) n ON true
      LEFT JOIN LATERAL (
          SELECT s.on_hand, s.reserved, s.version, s.safety_stock, s.chain_hash,
              s.quarantine_reason, s.quarantined_at
          FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND s.sku = k.sku AND s.location = n.location
          FOR UPDATE SKIP LOCKED) l ON true
      LIMIT ?""";

  public static final String LEVELS_READ =
      """
      SELECT k.ordinal, l.location,
          (SELECT i.tracked FROM holdfast.items i
              WHERE i.tenant_id = ? AND i.sku = k.sku) AS tracked,
          CASE WHEN l.location IS NULL
              THEN (SELECT o.priority FROM holdfast.locations o
                  WHERE o.tenant_id = ? AND o.location = k.first)
              ELSE l.priority END AS priority,
          l.on_hand, l.reserved, l.version, l.safety_stock, l.chain_hash,
          l.quarantine_reason, (extract(epoch FROM l.quarantined_at) * 1000000)::bigint
      FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS k (sku, first, last, ordinal)
      LEFT JOIN LATERAL (
          SELECT s.location, s.on_hand, s.reserved, s.version, s.safety_stock, s.chain_hash,
              s.quarantine_reason, s.quarantined_at,
              (SELECT o.priority FROM holdfast.locations o
                  WHERE o.tenant_id = s.tenant_id AND o.location = s.location) AS priority
          FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND s.sku = k.sku AND s.location BETWEEN k.first AND k.last
          ORDER BY s.location
          OFFSET 0) l ON true
      LIMIT ?""";

  /// How many levels there are in the ranges by now.
  public static final String LEVELS_COUNT =
      """
      SELECT count(*)
      FROM unnest(?::text[], ?::text[], ?::text[]) AS k (sku, first, last),
      LATERAL (
          SELECT FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND s.sku = k.sku AND s.location BETWEEN k.first AND k.last
          OFFSET 0) l""";

  /// An upsert and not an `UPDATE ... FROM unnest`: it finds each row through the primary key,
  /// whatever the planner believes about the table, and the first receipt makes the row.
  public static final String LEVELS_WRITE =
      """
      INSERT INTO holdfast.stock_levels AS s
          (tenant_id, sku, location, on_hand, reserved, version, safety_stock, chain_hash)
      SELECT ?, w.sku, w.location, w.on_hand, w.reserved, w.version, w.safety_stock, w.chain_hash
      FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
              ?::bytea[])
          AS w (sku, location, on_hand, reserved, version, safety_stock, chain_hash)
      ON CONFLICT (tenant_id, sku, location) DO UPDATE
      SET on_hand = excluded.on_hand, reserved = excluded.reserved, version = excluded.version,
          safety_stock = excluded.safety_stock, chain_hash = excluded.chain_hash""";

  /// One that was not locked: if it is no longer at the version that was seen, or has a newer
  /// fence, it is left alone, and the count tells.
  public static final String LEVEL_WRITE_UNCHANGED =
      """
      UPDATE holdfast.stock_levels
      SET on_hand = ?, reserved = ?, version = ?, safety_stock = ?, chain_hash = ?,
          fence = greatest(fence, ?)
      WHERE tenant_id = ? AND sku = ? AND location = ? AND version = ? AND fence <= ?""";

  /// One that was not there: if it is now, it is left alone, and the count tells.
  public static final String LEVEL_INSERT =
      """
      INSERT INTO holdfast.stock_levels
          (tenant_id, sku, location, on_hand, reserved, version, safety_stock, chain_hash, fence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant_id, sku, location) DO NOTHING""";

  /// The guard of the `conditional` control: a twin of the pure decision's arithmetic, see
  /// [io.holdfast.stock.decide.Guard]. It leaves version and hash to the write at the end.
  public static final String LEVEL_GUARD =
      """
      UPDATE holdfast.stock_levels
      SET on_hand = on_hand + ?, reserved = reserved + ?
      WHERE tenant_id = ? AND sku = ? AND location = ?
          AND on_hand + ?
              BETWEEN reserved + ? + CASE WHEN ?::boolean THEN safety_stock ELSE 0 END AND ?
          AND reserved + ? >= 0""";

  private StockLevels() {}

  /// What a load found: a level, or that there is none.
  ///
  /// @param key null when the item has no level, wherever it might be
  /// @param tracked null when the tenant has no such item
  /// @param priority null when the tenant has no such location
  /// @param count null when there is no such level, or it is held
  /// @param quarantine null when the level is to be believed
  /// @param held whether the level exists, but somebody else holds its row
  public record Loaded(
      LevelRange range,
      @Nullable LevelKey key,
      @Nullable Boolean tracked,
      @Nullable Integer priority,
      @Nullable StockCount count,
      byte @Nullable [] chainHash,
      @Nullable Quarantine quarantine,
      boolean held) {}

  /// A level as it is to be.
  ///
  /// @param seenVersion the version that was read; 0: there was none
  public record Row(LevelKey key, long seenVersion, StockCount count, byte[] chainHash) {}

  /// Loads `ranges`, which must be in lock order.
  public static void load(
      RoundTrip trip, TenantId tenant, List<LevelRange> ranges, Locking locking) {
    load(trip, tenant, ranges, locking, Long.MAX_VALUE);
  }

  /// The same, up to so many rows.
  public static void load(
      RoundTrip trip, TenantId tenant, List<LevelRange> ranges, Locking locking, long atMost) {
    Long id = tenant.value();
    String[] skus = texts(ranges, range -> range.sku().value());
    String[] first = texts(ranges, LevelRange::firstName);
    String[] last = texts(ranges, LevelRange::lastName);
    switch (locking) {
      case WAIT, SERIALIZABLE -> trip.add(LEVELS_LOCK, id, id, skus, first, last, id, atMost);
      case SKIP_HELD -> trip.add(LEVELS_LOCK_UNHELD, id, id, skus, first, last, id, id, atMost);
      case VERSION, FENCE, GUARD, NONE ->
          trip.add(LEVELS_READ, id, id, skus, first, last, id, atMost);
    }
  }

  /// Counts the levels in `ranges`, each of them once per range that it lies in.
  public static void count(RoundTrip trip, TenantId tenant, List<LevelRange> ranges) {
    trip.add(
        LEVELS_COUNT,
        texts(ranges, range -> range.sku().value()),
        texts(ranges, LevelRange::firstName),
        texts(ranges, LevelRange::lastName),
        tenant.value());
  }

  public static long counted(RoundTrip trip) throws SQLException {
    try (ResultSet row = trip.rows()) {
      row.next();
      return row.getLong(1);
    }
  }

  public static List<Loaded> loaded(RoundTrip trip, List<LevelRange> ranges) throws SQLException {
    List<Loaded> loaded = new ArrayList<>(ranges.size());
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        LevelRange range = ranges.get((int) rows.getLong(1) - 1);
        String location = rows.getString(2);
        boolean isTracked = rows.getBoolean(3);
        Boolean tracked = rows.wasNull() ? null : isTracked;
        int place = rows.getInt(4);
        Integer priority = rows.wasNull() ? null : place;
        StockCount count =
            new StockCount(rows.getLong(5), rows.getLong(6), rows.getLong(7), rows.getLong(8));
        boolean isLoaded = !rows.wasNull();
        LevelKey key =
            location == null ? keyOf(range) : new LevelKey(range.sku(), nameOf(range, location));
        loaded.add(
            new Loaded(
                range,
                key,
                tracked,
                priority,
                isLoaded ? count : null,
                rows.getBytes(9),
                quarantine(rows),
                location != null && !isLoaded));
      }
    }
    return loaded;
  }

  private static @Nullable Quarantine quarantine(ResultSet rows) throws SQLException {
    String reason = rows.getString(10);
    return reason == null ? null : new Quarantine(reason, Transactions.instant(rows.getLong(11)));
  }

  private static @Nullable LevelKey keyOf(LevelRange range) {
    return range.location() == null ? null : new LevelKey(range.sku(), range.location());
  }

  private static LocationId nameOf(LevelRange range, String location) {
    return range.location() != null ? range.location() : new LocationId(location);
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
        Boolean.toString(guard.sells()),
        Guard.MAX_ON_HAND,
        guard.reservedChange());
  }

  public static void write(RoundTrip trip, TenantId tenant, List<Row> rows) {
    trip.add(
        LEVELS_WRITE,
        tenant.value(),
        texts(rows, row -> row.key().sku().value()),
        texts(rows, row -> row.key().location().value()),
        numbers(rows, row -> row.count().onHand()),
        numbers(rows, row -> row.count().reserved()),
        numbers(rows, row -> row.count().version()),
        numbers(rows, row -> row.count().safetyStock()),
        rows.stream().map(Row::chainHash).toArray(byte[][]::new));
  }

  /// Writes one if it is still as it was seen, or still not there; the count tells.
  public static void writeUnchanged(RoundTrip trip, TenantId tenant, Row row, Fencing fencing) {
    String sku = row.key().sku().value();
    String location = row.key().location().value();
    StockCount count = row.count();
    if (row.seenVersion() == 0) {
      trip.add(
          LEVEL_INSERT,
          tenant.value(),
          sku,
          location,
          count.onHand(),
          count.reserved(),
          count.version(),
          count.safetyStock(),
          row.chainHash(),
          fencing.mark());
    } else {
      trip.add(
          LEVEL_WRITE_UNCHANGED,
          count.onHand(),
          count.reserved(),
          count.version(),
          count.safetyStock(),
          row.chainHash(),
          fencing.mark(),
          tenant.value(),
          sku,
          location,
          row.seenVersion(),
          fencing.newest());
    }
  }

  private static <R> String[] texts(List<R> rows, Function<R, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static Long[] numbers(List<Row> rows, Function<Row, Long> column) {
    return rows.stream().map(column).toArray(Long[]::new);
  }
}
