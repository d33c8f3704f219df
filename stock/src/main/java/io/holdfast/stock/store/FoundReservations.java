package io.holdfast.stock.store;

import io.holdfast.stock.Customer;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationPaging;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.HeldLine;
import io.holdfast.stock.decide.Reservation;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is read of the table of reservations: to be decided on, to be shown, and to find out what
/// was written. See [Reservations] for what is written.
public final class FoundReservations {
  public static final String RESERVATIONS_LOCK =
      """
      SELECT k.id, true AS present, r.*
      FROM unnest(?::uuid[]) AS k (id),
      LATERAL (
          SELECT v.state, v.customer, v.skus, v.locations, v.quantities, v.returned, v.version,
              (extract(epoch FROM v.created_at) * 1000000)::bigint AS created_micros,
              (extract(epoch FROM v.expires_at) * 1000000)::bigint AS expires_micros,
              (extract(epoch FROM v.ended_at) * 1000000)::bigint AS ended_micros
          FROM holdfast.reservations v
          WHERE v.tenant_id = ? AND v.reservation_id = k.id
          FOR UPDATE) r""";

  public static final String RESERVATIONS_LOCK_UNHELD =
      """
      SELECT k.id,
          (SELECT true FROM holdfast.reservations p
              WHERE p.tenant_id = ? AND p.reservation_id = k.id) AS present,
          r.*
      FROM unnest(?::uuid[]) AS k (id)
      LEFT JOIN LATERAL (
          SELECT v.state, v.customer, v.skus, v.locations, v.quantities, v.returned, v.version,
              (extract(epoch FROM v.created_at) * 1000000)::bigint AS created_micros,
              (extract(epoch FROM v.expires_at) * 1000000)::bigint AS expires_micros,
              (extract(epoch FROM v.ended_at) * 1000000)::bigint AS ended_micros
          FROM holdfast.reservations v
          WHERE v.tenant_id = ? AND v.reservation_id = k.id
          FOR UPDATE SKIP LOCKED) r ON true""";

  public static final String RESERVATIONS_READ =
      """
      SELECT k.id, true AS present, r.*
      FROM unnest(?::uuid[]) AS k (id),
      LATERAL (
          SELECT v.state, v.customer, v.skus, v.locations, v.quantities, v.returned, v.version,
              (extract(epoch FROM v.created_at) * 1000000)::bigint AS created_micros,
              (extract(epoch FROM v.expires_at) * 1000000)::bigint AS expires_micros,
              (extract(epoch FROM v.ended_at) * 1000000)::bigint AS ended_micros
          FROM holdfast.reservations v
          WHERE v.tenant_id = ? AND v.reservation_id = k.id
          OFFSET 0) r""";

  /// Also of the archive: for people, and no decision.
  public static final String RESERVATION_READ =
      """
      SELECT v.reservation_id, true AS present,
          v.state, v.customer, v.skus, v.locations, v.quantities, v.returned, v.version,
          (extract(epoch FROM v.created_at) * 1000000)::bigint AS created_micros,
          (extract(epoch FROM v.expires_at) * 1000000)::bigint AS expires_micros,
          (extract(epoch FROM v.ended_at) * 1000000)::bigint AS ended_micros
      FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) v
      WHERE v.tenant_id = ? AND v.reservation_id = ?""";

  public static final String RESERVATIONS_LIST =
      """
      SELECT v.reservation_id, true AS present,
          v.state, v.customer, v.skus, v.locations, v.quantities, v.returned, v.version,
          (extract(epoch FROM v.created_at) * 1000000)::bigint AS created_micros,
          (extract(epoch FROM v.expires_at) * 1000000)::bigint AS expires_micros,
          (extract(epoch FROM v.ended_at) * 1000000)::bigint AS ended_micros
      FROM holdfast.reservations v
      WHERE v.tenant_id = ? AND v.reservation_id < ?
      ORDER BY v.reservation_id DESC
      LIMIT ?""";

  public static final String RESERVATIONS_LIST_OF =
      """
      SELECT v.reservation_id, true AS present,
          v.state, v.customer, v.skus, v.locations, v.quantities, v.returned, v.version,
          (extract(epoch FROM v.created_at) * 1000000)::bigint AS created_micros,
          (extract(epoch FROM v.expires_at) * 1000000)::bigint AS expires_micros,
          (extract(epoch FROM v.ended_at) * 1000000)::bigint AS ended_micros
      FROM holdfast.reservations v
      WHERE v.tenant_id = ? AND v.customer COLLATE "C" = ? AND v.reservation_id < ?
      ORDER BY v.reservation_id DESC
      LIMIT ?""";

  public static final String RESERVATION_KEYS_FIND =
      """
      SELECT k.request_key, r.request_fingerprint, r.answer
      FROM unnest(?::uuid[]) AS k (request_key),
      LATERAL (
          SELECT v.request_fingerprint, v.answer
          FROM holdfast.reservations v
          WHERE v.tenant_id = ? AND v.request_key = k.request_key
          OFFSET 0) r""";

  /// The version that a reservation has come to, and whether the last ending or the last rewriting
  /// of it was at this very instant. It may have gone into the archive since.
  public static final String VERSION_FIND =
      """
      SELECT v.version,
          coalesce(timestamptz 'epoch' + ? * interval '1 microsecond'
              IN (v.ended_at, v.changed_at), false)
      FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) v
      WHERE v.tenant_id = ? AND v.reservation_id = ?""";

  public static final String RESERVATION_FIND =
      """
      SELECT FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) v
      WHERE tenant_id = ? AND reservation_id = ?""";

  /// After all that there can be.
  private static final UUID LAST = new UUID(-1L, -1L);

  private FoundReservations() {}

  /// What a load found for one id.
  ///
  /// @param reservation null when somebody else holds the row
  public record Loaded(ReservationId id, @Nullable Reservation reservation) {
    public boolean held() {
      return reservation == null;
    }
  }

  /// Loads `ids`, which must be in lock order.
  public static void load(
      RoundTrip trip, TenantId tenant, List<ReservationId> ids, Locking locking) {
    Long id = tenant.value();
    UUID[] uuids = ids.stream().map(ReservationId::value).toArray(UUID[]::new);
    switch (locking) {
      case WAIT, SERIALIZABLE, GUARD -> trip.add(RESERVATIONS_LOCK, uuids, id);
      case SKIP_HELD -> trip.add(RESERVATIONS_LOCK_UNHELD, id, uuids, id);
      case VERSION, FENCE, NONE -> trip.add(RESERVATIONS_READ, uuids, id);
    }
  }

  public static List<Loaded> loaded(RoundTrip trip) throws SQLException {
    List<Loaded> loaded = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        ReservationId id = new ReservationId(rows.getObject(1, UUID.class));
        boolean present = rows.getBoolean(2);
        if (rows.getString(3) != null) {
          loaded.add(new Loaded(id, reservation(id, rows)));
        } else if (present) {
          loaded.add(new Loaded(id, null));
        }
      }
    }
    return loaded;
  }

  /// Reads the columns from the third on, as the statements above list them.
  private static Reservation reservation(ReservationId id, ResultSet rows) throws SQLException {
    String customer = rows.getString(4);
    return new Reservation(
        id,
        ReservationState.ofCode(rows.getString(3)),
        rows.getLong(9),
        lines(rows),
        customer == null ? null : new Customer(customer),
        Transactions.instant(rows.getLong(10)),
        Transactions.instantOrNull(rows, 11));
  }

  private static List<HeldLine> lines(ResultSet rows) throws SQLException {
    String[] skus = (String[]) rows.getArray(5).getArray();
    String[] locations = (String[]) rows.getArray(6).getArray();
    Long[] quantities = (Long[]) rows.getArray(7).getArray();
    Array returned = rows.getArray(8);
    Long[] back = returned == null ? null : (Long[]) returned.getArray();
    List<HeldLine> lines = new ArrayList<>(skus.length);
    for (int i = 0; i < skus.length; i++) {
      lines.add(
          new HeldLine(
              new Sku(skus[i]), location(locations[i]), quantities[i], back == null ? 0 : back[i]));
    }
    return lines;
  }

  static void read(RoundTrip trip, TenantId tenant, ReservationId id) {
    trip.add(RESERVATION_READ, tenant.value(), id.value());
  }

  /// The one reservation that was asked for, as a reader sees it.
  static Optional<ReservationView> view(RoundTrip trip) throws SQLException {
    try (ResultSet rows = trip.rows()) {
      return rows.next() ? Optional.of(seen(rows)) : Optional.empty();
    }
  }

  static void list(RoundTrip trip, TenantId tenant, ReservationPaging paging) {
    ReservationId olderThan = paging.olderThan();
    UUID end = olderThan == null ? LAST : olderThan.value();
    Customer customer = paging.onlyOf();
    if (customer == null) {
      trip.add(RESERVATIONS_LIST, tenant.value(), end, paging.limit());
    } else {
      trip.add(RESERVATIONS_LIST_OF, tenant.value(), customer.reference(), end, paging.limit());
    }
  }

  static List<ReservationView> views(RoundTrip trip) throws SQLException {
    List<ReservationView> found = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        found.add(seen(rows));
      }
    }
    return found;
  }

  private static ReservationView seen(ResultSet rows) throws SQLException {
    Reservation found = reservation(new ReservationId(rows.getObject(1, UUID.class)), rows);
    return new ReservationView(
        found.id(),
        found.state(),
        found.version(),
        found.customer(),
        found.lines().stream()
            .map(
                line ->
                    new ReservationView.ReservedLine(
                        line.sku(), line.location(), line.quantity(), line.returned()))
            .toList(),
        found.createdAt(),
        found.expiresAt(),
        Transactions.instantOrNull(rows, 12));
  }

  private static @Nullable LocationId location(@Nullable String location) {
    return location == null ? null : new LocationId(location);
  }

  public static void findKeys(RoundTrip trip, TenantId tenant, List<UUID> requestKeys) {
    trip.add(RESERVATION_KEYS_FIND, requestKeys.toArray(UUID[]::new), tenant.value());
  }

  /// What a reservation has come to.
  ///
  /// @param isOfThatInstant whether it was ended or rewritten at the instant that was asked for
  public record Version(long number, boolean isOfThatInstant) {}

  public static void findVersion(RoundTrip trip, TenantId tenant, ReservationId id, Instant at) {
    trip.add(VERSION_FIND, Transactions.micros(at), tenant.value(), id.value());
  }

  public static Optional<Version> version(RoundTrip trip) throws SQLException {
    try (ResultSet row = trip.rows()) {
      return row.next()
          ? Optional.of(new Version(row.getLong(1), row.getBoolean(2)))
          : Optional.empty();
    }
  }

  public static void find(RoundTrip trip, TenantId tenant, ReservationId id) {
    trip.add(RESERVATION_FIND, tenant.value(), id.value());
  }
}
