package io.holdfast.stock.store;

import io.holdfast.stock.ItemView;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Reads for people: each question is one statement, and so one snapshot.
public final class SnapshotReader implements StockReader {
  public static final String ITEM_READ =
      """
      SELECT i.tracked, l.location, l.on_hand, l.reserved, l.version
      FROM holdfast.items i
      LEFT JOIN holdfast.stock_levels l ON l.tenant_id = i.tenant_id AND l.sku = i.sku
      WHERE i.tenant_id = ? AND i.sku = ?
      ORDER BY l.location""";

  private final DataSource database;
  private final Duration statementTimeout;

  public SnapshotReader(DataSource database, Duration statementTimeout) {
    this.database = database;
    this.statementTimeout = statementTimeout;
  }

  @Override
  public Optional<ItemView> item(TenantId tenant, Sku sku) {
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
                  new StockCount(rows.getLong(3), rows.getLong(4), rows.getLong(5))));
        }
      }
    }
    return found ? Optional.of(new ItemView(sku, tracked, levels)) : Optional.empty();
  }

  @Override
  public Optional<ReservationView> reservation(TenantId tenant, ReservationId reservation) {
    return read(
        tenant,
        trip -> Reservations.load(trip, tenant, List.of(reservation), Locking.NONE),
        Reservations::view);
  }

  @FunctionalInterface
  private interface Question {
    void addTo(RoundTrip trip);
  }

  @FunctionalInterface
  private interface Reading<T> {
    Optional<T> from(RoundTrip trip) throws SQLException;
  }

  private <T> Optional<T> read(TenantId tenant, Question question, Reading<T> reading) {
    try (Borrowed borrowed = Borrowed.from(database);
        RoundTrip trip = new RoundTrip(borrowed.connection())) {
      Transactions.beginRead(trip, tenant, statementTimeout);
      question.addTo(trip);
      trip.send();
      trip.rows().close();
      return reading.from(trip);
    } catch (SQLException e) {
      throw SqlFault.of(e).failure(e);
    }
  }
}
