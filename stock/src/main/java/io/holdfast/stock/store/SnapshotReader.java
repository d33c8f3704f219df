package io.holdfast.stock.store;

import io.holdfast.stock.ItemAsOf;
import io.holdfast.stock.ItemView;
import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementPaging;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationPaging;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.LevelKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/// Reads for people: each question is one statement, and so one snapshot, or it is several in a
/// transaction that has one.
public final class SnapshotReader implements StockReader {
  public static final String ITEM_READ =
      """
      SELECT i.tracked, l.location, l.on_hand, l.reserved, l.version, l.safety_stock
      FROM holdfast.items i
      LEFT JOIN holdfast.stock_levels l ON l.tenant_id = i.tenant_id AND l.sku = i.sku
      WHERE i.tenant_id = ? AND i.sku = ?
      ORDER BY l.location""";

  public static final String ITEM_FIND =
      """
      SELECT tracked, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
      FROM holdfast.items
      WHERE tenant_id = ? AND sku = ?""";

  public static final String SNAPSHOT_BEGIN =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  /// As in the engine's own transactions: a ledger that was never analysed is read by its key, too.
  public static final String PLANS_FIX =
      """
      SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
          set_config('enable_seqscan', 'off', true)""";

  private final DataSource database;
  private final Duration statementTimeout;

  public SnapshotReader(DataSource database, Duration statementTimeout) {
    this.database = database;
    this.statementTimeout = statementTimeout;
  }

  @Override
  public Optional<ItemView> item(TenantId tenant, Sku sku) {
    Objects.requireNonNull(sku, "sku");
    return read(
        tenant, trip -> trip.add(ITEM_READ, tenant.value(), sku.value()), trip -> item(sku, trip));
  }

  private static Optional<ItemView> item(Sku sku, RoundTrip trip) throws SQLException {
    boolean found = false;
    boolean tracked = false;
    List<ItemView.Level> levels = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        found = true;
        tracked = rows.getBoolean(1);
        String location = rows.getString(2);
        if (location != null) {
          levels.add(
              new ItemView.Level(
                  new LocationId(location),
                  new StockCount(
                      rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6))));
        }
      }
    }
    return found ? Optional.of(new ItemView(sku, tracked, levels)) : Optional.empty();
  }

  @Override
  public Optional<ItemAsOf> itemAsOf(TenantId tenant, Sku sku, Instant instant) {
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(instant, "instant");
    return inSnapshot(
        tenant,
        trip -> {
          trip.add(ITEM_FIND, tenant.value(), sku.value());
          Movements.levelsAsOf(trip, tenant, sku, instant);
        },
        trip -> itemAsOf(sku, instant, trip));
  }

  private static Optional<ItemAsOf> itemAsOf(Sku sku, Instant instant, RoundTrip trip)
      throws SQLException {
    boolean tracked;
    Instant readAt;
    try (ResultSet rows = trip.rows()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      tracked = rows.getBoolean(1);
      readAt = Transactions.instant(rows.getLong(2));
    }
    return Optional.of(
        new ItemAsOf(new ItemView(sku, tracked, Movements.levels(trip)), instant, readAt));
  }

  @Override
  public LevelHistory movements(
      TenantId tenant, Sku sku, LocationId location, MovementPaging paging) {
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(paging, "paging");
    LevelKey level = new LevelKey(sku, location);
    return inSnapshot(
        tenant,
        trip -> {
          Movements.findLevel(trip, tenant, level);
          Movements.page(trip, tenant, level, paging);
        },
        trip -> Movements.history(trip, level, paging));
  }

  @Override
  public Optional<ReservationView> reservation(TenantId tenant, ReservationId reservation) {
    Objects.requireNonNull(reservation, "reservation");
    return read(
        tenant, trip -> FoundReservations.read(trip, tenant, reservation), FoundReservations::view);
  }

  @Override
  public List<ReservationView> reservations(TenantId tenant, ReservationPaging paging) {
    Objects.requireNonNull(paging, "paging");
    return inSnapshot(
        tenant, trip -> FoundReservations.list(trip, tenant, paging), FoundReservations::views);
  }

  @FunctionalInterface
  private interface Question {
    void addTo(RoundTrip trip);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(RoundTrip trip) throws SQLException;
  }

  private <T> T read(TenantId tenant, Question question, Reading<T> reading) {
    Objects.requireNonNull(tenant, "tenant");
    try (Borrowed borrowed = Borrowed.from(database);
        RoundTrip trip = new RoundTrip(borrowed.connection())) {
      Transactions.beginRead(trip, tenant, statementTimeout);
      question.addTo(trip);
      trip.send();
      return reading.from(trip);
    } catch (SQLException e) {
      throw SqlFault.of(e).failure(e);
    }
  }

  private <T> T inSnapshot(TenantId tenant, Question question, Reading<T> reading) {
    Objects.requireNonNull(tenant, "tenant");
    try (Borrowed borrowed = Borrowed.from(database);
        RoundTrip trip = new RoundTrip(borrowed.connection())) {
      trip.addSetting(SNAPSHOT_BEGIN);
      Transactions.beginRead(trip, tenant, statementTimeout);
      trip.addSetting(PLANS_FIX);
      question.addTo(trip);
      trip.send();
      return reading.from(trip);
    } catch (SQLException e) {
      throw SqlFault.of(e).failure(e);
    }
  }
}
