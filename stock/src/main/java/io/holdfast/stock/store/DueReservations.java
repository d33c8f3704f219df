package io.holdfast.stock.store;

import io.holdfast.stock.Customer;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Looks for reservations whose time is up. Each look is a transaction of its own that writes
/// nothing.
public final class DueReservations {
  public static final String TENANTS_FIND = "SELECT tenant_id FROM holdfast.due_tenants()";

  /// The statement's own timestamp is one value for all rows, so the index can be asked by it; the
  /// clock would be read, and compared, row by row.
  public static final String PAGE_FIND =
      """
      SELECT r.reservation_id, (extract(epoch FROM r.expires_at) * 1000000)::bigint,
          r.skus, r.customer
      FROM holdfast.reservations r
      WHERE r.tenant_id = ? AND r.state = 'held' AND r.expires_at <= statement_timestamp()
          AND (r.expires_at, r.reservation_id)
              > (timestamptz 'epoch' + ? * interval '1 microsecond', ?)
      ORDER BY r.expires_at, r.reservation_id
      LIMIT ?""";

  private DueReservations() {}

  /// @param names of the items on which it lay at that moment, and of its customer
  public record Due(ReservationId reservation, Instant expiresAt, List<Object> names) {
    /// Comes before every other.
    public static final Due START =
        new Due(new ReservationId(new UUID(0, 0)), Instant.EPOCH, List.of());
  }

  /// The tenants that have any.
  public static List<TenantId> tenants(Connection transaction, TransactionLimits limits)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      Transactions.limit(trip, limits.statement());
      trip.add(TENANTS_FIND);
      trip.send();
      return TenantIds.read(trip);
    }
  }

  /// One tenant's next page, those that are due the longest first.
  ///
  /// @param after the last of the page before
  public static List<Due> page(
      Connection transaction, TransactionLimits limits, TenantId tenant, Due after, int atMost)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      Transactions.begin(trip, tenant, limits);
      trip.add(
          PAGE_FIND,
          tenant.value(),
          Transactions.micros(after.expiresAt()),
          after.reservation().value(),
          atMost);
      trip.send();
      trip.rows().close();
      return page(trip);
    }
  }

  private static List<Due> page(RoundTrip trip) throws SQLException {
    List<Due> due = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        due.add(
            new Due(
                new ReservationId(rows.getObject(1, UUID.class)),
                Transactions.instant(rows.getLong(2)),
                names((String[]) rows.getArray(3).getArray(), rows.getString(4))));
      }
    }
    return due;
  }

  private static List<Object> names(String[] skus, @Nullable String customer) {
    List<Object> names = new ArrayList<>(skus.length + 1);
    for (String sku : skus) {
      names.add(new Sku(sku));
    }
    if (customer != null) {
      names.add(new Customer(customer));
    }
    return names;
  }
}
