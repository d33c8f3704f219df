package io.holdfast.stock.store;

import io.holdfast.stock.ItemView;
import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.LevelKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The ledger: rows are added, and never changed again.
public final class Movements {
  public static final String MOVEMENTS_INSERT =
      """
      INSERT INTO holdfast.movements
          (tenant_id, position, on_hand_change, reserved_change, on_hand_after, reserved_after,
           recorded_at, reservation_id, kind, sku, location, actor, reason, detail, hash)
      SELECT ?, m.position, coalesce(m.on_hand_change, ?), coalesce(m.reserved_change, ?),
          coalesce(m.on_hand_after, ?), coalesce(m.reserved_after, ?),
          timestamptz 'epoch' + ? * interval '1 microsecond', m.reservation_id,
          coalesce(m.kind, ?), coalesce(m.sku, ?), coalesce(m.location, ?), coalesce(m.actor, ?),
          coalesce(m.reason, ?), coalesce(m.detail, ?), m.hash
      FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::uuid[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
          AS m (position, on_hand_change, reserved_change, on_hand_after, reserved_after,
              reservation_id, kind, sku, location, actor, reason, detail, hash)""";

  /// The same for one alone: arrays of one cost the database more than the row.
  public static final String MOVEMENT_INSERT =
      """
      INSERT INTO holdfast.movements
          (tenant_id, position, on_hand_change, reserved_change, on_hand_after, reserved_after,
           recorded_at, reservation_id, kind, sku, location, actor, reason, detail, hash)
      VALUES (?, ?, ?, ?, ?, ?, timestamptz 'epoch' + ? * interval '1 microsecond',
          ?::uuid, ?, ?, ?, ?, ?::text, ?::text, ?::bytea)""";

  /// Whether this very movement was written; its hash stands for everything in it. It may have gone
  /// into the archive since.
  public static final String MOVEMENT_FIND =
      """
      SELECT FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
      WHERE tenant_id = ? AND sku = ? AND location = ? AND position = ?
          AND hash = decode(?, 'hex')""";

  /// What of a level's name is known, and the version that it has reached.
  public static final String LEVEL_FIND =
      """
      SELECT (SELECT true FROM holdfast.items
              WHERE tenant_id = ? AND sku = ?) AS known_item,
          (SELECT true FROM holdfast.locations
              WHERE tenant_id = ? AND location = ?) AS known_location,
          (SELECT position FROM holdfast.movements
              WHERE tenant_id = ? AND sku = ? AND location = ?
              ORDER BY position DESC LIMIT 1) AS newest""";

  public static final String MOVEMENTS_NEWEST =
      """
      SELECT position, kind, on_hand_change, reserved_change, on_hand_after, reserved_after,
          actor, reason, reservation_id,
          (extract(epoch FROM recorded_at) * 1000000)::bigint AS recorded_micros, detail
      FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
      WHERE tenant_id = ? AND sku = ? AND location = ? AND position < ?
      ORDER BY position DESC
      LIMIT ?""";

  public static final String MOVEMENTS_OLDEST =
      """
      SELECT position, kind, on_hand_change, reserved_change, on_hand_after, reserved_after,
          actor, reason, reservation_id,
          (extract(epoch FROM recorded_at) * 1000000)::bigint AS recorded_micros, detail
      FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
      WHERE tenant_id = ? AND sku = ? AND location = ? AND position > ?
      ORDER BY position
      LIMIT ?""";

  /// Of each level of an item the newest movement at or before an instant, without an index on
  /// time: movements stand in the order of time, so it is found by halving. The position is built
  /// from its highest bit (2^62) down to its lowest, and a bit stays if the first movement from
  /// there on is not later than the instant. That is 63 looks at the primary key, however many
  /// movements there are, and further movements, which are later, do not change the answer.
  public static final String LEVELS_AS_OF =
      """
      SELECT l.location, m.on_hand_after, m.reserved_after, m.position
      FROM holdfast.stock_levels l
      CROSS JOIN LATERAL (
          WITH RECURSIVE descent (found, step) AS (
              SELECT 0::bigint, 4611686018427387904::bigint
              UNION ALL
              SELECT d.found + CASE WHEN p.is_past THEN d.step ELSE 0 END, d.step / 2
              FROM descent d
              LEFT JOIN LATERAL (
                  SELECT o.recorded_at <= timestamptz 'epoch' + ? * interval '1 microsecond'
                      AS is_past
                  FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) o
                  WHERE o.tenant_id = ? AND o.sku = ? AND o.location = l.location
                      AND o.position >= d.found + d.step
                  ORDER BY o.position LIMIT 1) p ON true
              WHERE d.step > 0)
          SELECT found FROM descent WHERE step = 0) f
      CROSS JOIN LATERAL (
          SELECT n.position, n.on_hand_after, n.reserved_after
          FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) n
          WHERE n.tenant_id = ? AND n.sku = ? AND n.location = l.location
              AND n.position = f.found
          OFFSET 0) m
      WHERE l.tenant_id = ? AND l.sku = ?
      ORDER BY l.location""";

  /// No clock has ever told a time outside of these, and PostgreSQL's type ends not far from them.
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private Movements() {}

  /// One row of the ledger. Its position is the version of the level that it left behind.
  public record Movement(
      LevelKey level,
      String kind,
      long onHandChange,
      long reservedChange,
      StockCount after,
      Instant recordedAt,
      @Nullable ReservationId reservation,
      String actor,
      @Nullable String reason,
      @Nullable String detail,
      byte[] hash) {
    public long position() {
      return after.version();
    }
  }

  public static void insert(
      RoundTrip trip, TenantId tenant, Instant recordedAt, List<Movement> movements) {
    if (movements.size() == 1) {
      insert(trip, tenant, recordedAt, movements.getFirst());
      return;
    }
    Column<Long> onHandChanges = Column.ofNumbers(movements, Movement::onHandChange);
    Column<Long> reservedChanges = Column.ofNumbers(movements, Movement::reservedChange);
    Column<Long> onHand = Column.ofNumbers(movements, movement -> movement.after().onHand());
    Column<Long> reserved = Column.ofNumbers(movements, movement -> movement.after().reserved());
    Column<String> kinds = Column.ofTexts(movements, Movement::kind);
    Column<String> skus = Column.ofTexts(movements, movement -> movement.level().sku().value());
    Column<String> locations =
        Column.ofTexts(movements, movement -> movement.level().location().value());
    Column<String> actors = Column.ofTexts(movements, Movement::actor);
    Column<String> reasons = Column.ofTexts(movements, Movement::reason);
    Column<String> details = Column.ofTexts(movements, Movement::detail);
    trip.add(
        MOVEMENTS_INSERT,
        tenant.value(),
        onHandChanges.common(),
        reservedChanges.common(),
        onHand.common(),
        reserved.common(),
        Transactions.micros(recordedAt),
        kinds.common(),
        skus.common(),
        locations.common(),
        actors.common(),
        reasons.common(),
        details.common(),
        movements.stream().map(Movement::position).toArray(Long[]::new),
        onHandChanges.each(),
        reservedChanges.each(),
        onHand.each(),
        reserved.each(),
        movements.stream()
            .map(Movement::reservation)
            .map(id -> id == null ? null : id.value())
            .toArray(UUID[]::new),
        kinds.each(),
        skus.each(),
        locations.each(),
        actors.each(),
        reasons.each(),
        details.each(),
        movements.stream().map(Movement::hash).toArray(byte[][]::new));
  }

  private static void insert(
      RoundTrip trip, TenantId tenant, Instant recordedAt, Movement movement) {
    trip.add(
        MOVEMENT_INSERT,
        tenant.value(),
        movement.position(),
        movement.onHandChange(),
        movement.reservedChange(),
        movement.after().onHand(),
        movement.after().reserved(),
        Transactions.micros(recordedAt),
        Missing.ID.or(movement.reservation() == null ? null : movement.reservation().value()),
        movement.kind(),
        movement.level().sku().value(),
        movement.level().location().value(),
        movement.actor(),
        Missing.TEXT.or(movement.reason()),
        Missing.TEXT.or(movement.detail()),
        movement.hash());
  }

  public static void find(RoundTrip trip, TenantId tenant, Movement movement) {
    trip.add(
        MOVEMENT_FIND,
        tenant.value(),
        movement.level().sku().value(),
        movement.level().location().value(),
        movement.position(),
        HexFormat.of().formatHex(movement.hash()));
  }

  public static void findLevel(RoundTrip trip, TenantId tenant, LevelKey level) {
    String sku = level.sku().value();
    String location = level.location().value();
    Long id = tenant.value();
    trip.add(LEVEL_FIND, id, sku, id, location, id, sku, location);
  }

  /// One more than the page has, to know whether there is more.
  public static void page(RoundTrip trip, TenantId tenant, LevelKey level, MovementPaging paging) {
    trip.add(
        switch (paging.order()) {
          case NEWEST_FIRST -> MOVEMENTS_NEWEST;
          case OLDEST_FIRST -> MOVEMENTS_OLDEST;
        },
        tenant.value(),
        level.sku().value(),
        level.location().value(),
        paging.beyond(),
        paging.limit() + 1L);
  }

  /// What [#findLevel] and [#page] found, in that order.
  public static LevelHistory history(RoundTrip trip, LevelKey level, MovementPaging paging)
      throws SQLException {
    long newest;
    try (ResultSet rows = trip.rows()) {
      rows.next();
      if (!rows.getBoolean(1)) {
        return new LevelHistory.UnknownItem(level.sku());
      }
      if (!rows.getBoolean(2)) {
        return new LevelHistory.UnknownLocation(level.location());
      }
      newest = rows.getLong(3);
    }
    List<MovementView> found = views(trip);
    boolean hasMore = found.size() > paging.limit();
    return new LevelHistory.Page(
        hasMore ? found.subList(0, paging.limit()) : found, hasMore, newest);
  }

  private static List<MovementView> views(RoundTrip trip) throws SQLException {
    List<MovementView> views = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        UUID reservation = rows.getObject(9, UUID.class);
        views.add(
            new MovementView(
                rows.getString(2),
                rows.getLong(3),
                rows.getLong(4),
                new StockCount(rows.getLong(5), rows.getLong(6), rows.getLong(1)),
                rows.getString(7),
                rows.getString(8),
                reservation == null ? null : new ReservationId(reservation),
                rows.getString(11),
                Transactions.instant(rows.getLong(10))));
      }
    }
    return views;
  }

  public static void levelsAsOf(RoundTrip trip, TenantId tenant, Sku sku, Instant instant) {
    Long id = tenant.value();
    String name = sku.value();
    trip.add(LEVELS_AS_OF, storableMicros(instant), id, name, id, name, id, name);
  }

  private static long storableMicros(Instant instant) {
    if (instant.isBefore(EARLIEST)) {
      return Transactions.micros(EARLIEST);
    }
    return Transactions.micros(instant.isAfter(LATEST) ? LATEST : instant);
  }

  public static List<ItemView.Level> levels(RoundTrip trip) throws SQLException {
    List<ItemView.Level> levels = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        levels.add(
            new ItemView.Level(
                new LocationId(rows.getString(1)),
                new StockCount(rows.getLong(2), rows.getLong(3), rows.getLong(4))));
      }
    }
    return levels;
  }
}
