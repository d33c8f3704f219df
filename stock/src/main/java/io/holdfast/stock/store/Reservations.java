package io.holdfast.stock.store;

import io.holdfast.stock.Customer;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.HeldLine;
import io.holdfast.stock.decide.Reservation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The table of reservations, each with its lines as arrays and the idempotency key that made it.
public final class Reservations {
  public static final String RESERVATIONS_LOCK =
      """
      SELECT k.id, true AS present, r.*
      FROM unnest(?::uuid[]) AS k (id),
      LATERAL (
          SELECT v.state, v.customer, v.skus, v.locations, v.quantities,
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
          SELECT v.state, v.customer, v.skus, v.locations, v.quantities,
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
          SELECT v.state, v.customer, v.skus, v.locations, v.quantities,
              (extract(epoch FROM v.created_at) * 1000000)::bigint AS created_micros,
              (extract(epoch FROM v.expires_at) * 1000000)::bigint AS expires_micros,
              (extract(epoch FROM v.ended_at) * 1000000)::bigint AS ended_micros
          FROM holdfast.reservations v
          WHERE v.tenant_id = ? AND v.reservation_id = k.id
          OFFSET 0) r""";

  /// Rows come sorted by key: two nodes that insert the same keys meet in the same order. A row
  /// less than sent means that somebody else was first with a key.
  public static final String RESERVATIONS_INSERT =
      """
      INSERT INTO holdfast.reservations
          (tenant_id, reservation_id, request_key, request_fingerprint, created_at, expires_at,
           ended_at, state, actor, customer, skus, locations, quantities, answer)
      SELECT ?, n.reservation_id, n.request_key, n.request_fingerprint,
          timestamptz 'epoch' + ? * interval '1 microsecond',
          timestamptz 'epoch' + n.expires_micros * interval '1 microsecond',
          timestamptz 'epoch' + n.ended_micros * interval '1 microsecond',
          n.state, n.actor, n.customer,
          n.skus::text[], n.locations::text[], n.quantities::bigint[], n.answer
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
          AS n (reservation_id, request_key, request_fingerprint, expires_micros, ended_micros,
              state, actor, customer, skus, locations, quantities, answer)
      ON CONFLICT (tenant_id, request_key) WHERE request_key IS NOT NULL DO NOTHING""";

  public static final String RESERVATIONS_END =
      """
      UPDATE holdfast.reservations
      SET state = ?, ended_at = timestamptz 'epoch' + ? * interval '1 microsecond'
      WHERE tenant_id = ? AND reservation_id = ANY (?::uuid[])""";

  /// A reservation that is held has no version: its time is the only thing that can change.
  public static final String RESERVATION_END_UNCHANGED =
      """
      UPDATE holdfast.reservations
      SET state = ?, ended_at = timestamptz 'epoch' + ? * interval '1 microsecond'
      WHERE tenant_id = ? AND reservation_id = ? AND state = 'held'
          AND expires_at = timestamptz 'epoch' + ? * interval '1 microsecond'""";

  public static final String RESERVATION_PROLONG_UNCHANGED =
      """
      UPDATE holdfast.reservations
      SET expires_at = timestamptz 'epoch' + ? * interval '1 microsecond'
      WHERE tenant_id = ? AND reservation_id = ? AND state = 'held'
          AND expires_at = timestamptz 'epoch' + ? * interval '1 microsecond'""";

  public static final String RESERVATION_PROLONG =
      """
      UPDATE holdfast.reservations
      SET expires_at = timestamptz 'epoch' + ? * interval '1 microsecond'
      WHERE tenant_id = ? AND reservation_id = ?""";

  public static final String RESERVATION_KEYS_FIND =
      """
      SELECT k.request_key, r.request_fingerprint, r.answer
      FROM unnest(?::uuid[]) AS k (request_key),
      LATERAL (
          SELECT v.request_fingerprint, v.answer
          FROM holdfast.reservations v
          WHERE v.tenant_id = ? AND v.request_key = k.request_key
          OFFSET 0) r""";

  /// Whether the reservation was prolonged to this very instant.
  public static final String PROLONGED_FIND =
      """
      SELECT FROM holdfast.reservations
      WHERE tenant_id = ? AND reservation_id = ?
          AND expires_at = timestamptz 'epoch' + ? * interval '1 microsecond'""";

  /// Whether the reservation ended at this very instant.
  public static final String ENDED_FIND =
      """
      SELECT FROM holdfast.reservations
      WHERE tenant_id = ? AND reservation_id = ?
          AND ended_at = timestamptz 'epoch' + ? * interval '1 microsecond'""";

  public static final String RESERVATION_FIND =
      "SELECT FROM holdfast.reservations WHERE tenant_id = ? AND reservation_id = ?";

  private Reservations() {}

  /// What a load found for one id.
  ///
  /// @param reservation null when somebody else holds the row
  public record Loaded(ReservationId id, @Nullable Reservation reservation) {
    public boolean held() {
      return reservation == null;
    }
  }

  /// A reservation as it is to be made, with the key and the answer of the request that makes it.
  public record Row(
      Reservation reservation,
      String actor,
      Optional<StoredAnswer> key,
      @Nullable Instant endedAt) {}

  /// Loads `ids`, which must be in lock order.
  public static void load(
      RoundTrip trip, TenantId tenant, List<ReservationId> ids, Locking locking) {
    Long id = tenant.value();
    UUID[] uuids = ids.stream().map(ReservationId::value).toArray(UUID[]::new);
    switch (locking) {
      case WAIT, SERIALIZABLE, GUARD -> trip.add(RESERVATIONS_LOCK, uuids, id);
      case SKIP_HELD -> trip.add(RESERVATIONS_LOCK_UNHELD, id, uuids, id);
      case VERSION, NONE -> trip.add(RESERVATIONS_READ, uuids, id);
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
    String[] skus = (String[]) rows.getArray(5).getArray();
    String[] locations = (String[]) rows.getArray(6).getArray();
    Long[] quantities = (Long[]) rows.getArray(7).getArray();
    List<HeldLine> lines = new ArrayList<>(skus.length);
    for (int i = 0; i < skus.length; i++) {
      lines.add(new HeldLine(new Sku(skus[i]), location(locations[i]), quantities[i]));
    }
    return new Reservation(
        id,
        ReservationState.ofCode(rows.getString(3)),
        lines,
        customer == null ? null : new Customer(customer),
        Transactions.instant(rows.getLong(8)),
        instantOrNull(rows, 9));
  }

  /// The one reservation that was asked for, as a reader sees it.
  static Optional<ReservationView> view(RoundTrip trip) throws SQLException {
    try (ResultSet rows = trip.rows()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      Reservation found = reservation(new ReservationId(rows.getObject(1, UUID.class)), rows);
      return Optional.of(
          new ReservationView(
              found.id(),
              found.state(),
              found.customer(),
              found.lines().stream()
                  .map(
                      line ->
                          new ReservationView.ReservedLine(
                              line.sku(), line.location(), line.quantity()))
                  .toList(),
              found.createdAt(),
              found.expiresAt(),
              instantOrNull(rows, 10)));
    }
  }

  private static @Nullable LocationId location(@Nullable String location) {
    return location == null ? null : new LocationId(location);
  }

  private static @Nullable Instant instantOrNull(ResultSet rows, int column) throws SQLException {
    long micros = rows.getLong(column);
    return rows.wasNull() ? null : Transactions.instant(micros);
  }

  public static void insert(RoundTrip trip, TenantId tenant, Instant createdAt, List<Row> rows) {
    trip.add(
        RESERVATIONS_INSERT,
        tenant.value(),
        Transactions.micros(createdAt),
        uuids(rows, row -> row.reservation().id().value()),
        uuids(rows, row -> row.key().map(StoredAnswer::requestKey).orElse(null)),
        uuids(rows, row -> row.key().map(StoredAnswer::fingerprint).orElse(null)),
        micros(rows, row -> row.reservation().expiresAt()),
        micros(rows, Row::endedAt),
        texts(rows, row -> row.reservation().state().code()),
        texts(rows, Row::actor),
        texts(rows, Reservations::customerOf),
        texts(rows, row -> ArrayText.ofTexts(row.reservation().lines(), l -> l.sku().value())),
        texts(rows, row -> ArrayText.ofTexts(row.reservation().lines(), Reservations::locationOf)),
        texts(rows, row -> ArrayText.ofNumbers(row.reservation().lines(), HeldLine::quantity)),
        rows.stream()
            .map(row -> row.key().map(StoredAnswer::answer).orElse(null))
            .toArray(byte[][]::new));
  }

  private static @Nullable String customerOf(Row row) {
    Customer customer = row.reservation().customer();
    return customer == null ? null : customer.reference();
  }

  private static @Nullable String locationOf(HeldLine line) {
    LocationId location = line.location();
    return location == null ? null : location.value();
  }

  private static UUID[] uuids(List<Row> rows, Function<Row, @Nullable UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }

  private static String[] texts(List<Row> rows, Function<Row, @Nullable String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static Long[] micros(List<Row> rows, Function<Row, @Nullable Instant> column) {
    return rows.stream()
        .map(column)
        .map(instant -> instant == null ? null : Transactions.micros(instant))
        .toArray(Long[]::new);
  }

  public static void end(
      RoundTrip trip,
      TenantId tenant,
      ReservationState state,
      Instant endedAt,
      List<ReservationId> ids) {
    trip.add(
        RESERVATIONS_END,
        state.code(),
        Transactions.micros(endedAt),
        tenant.value(),
        ids.stream().map(ReservationId::value).toArray(UUID[]::new));
  }

  public static void prolong(RoundTrip trip, TenantId tenant, ReservationId id, Instant expiresAt) {
    trip.add(RESERVATION_PROLONG, Transactions.micros(expiresAt), tenant.value(), id.value());
  }

  /// Ends one that was not locked, if it is still held and still until `seenExpiry`.
  public static void endUnchanged(
      RoundTrip trip,
      TenantId tenant,
      ReservationState state,
      Instant endedAt,
      ReservationId id,
      Instant seenExpiry) {
    trip.add(
        RESERVATION_END_UNCHANGED,
        state.code(),
        Transactions.micros(endedAt),
        tenant.value(),
        id.value(),
        Transactions.micros(seenExpiry));
  }

  /// The same for a later end.
  public static void prolongUnchanged(
      RoundTrip trip, TenantId tenant, ReservationId id, Instant expiresAt, Instant seenExpiry) {
    trip.add(
        RESERVATION_PROLONG_UNCHANGED,
        Transactions.micros(expiresAt),
        tenant.value(),
        id.value(),
        Transactions.micros(seenExpiry));
  }

  public static void findKeys(RoundTrip trip, TenantId tenant, List<UUID> requestKeys) {
    trip.add(RESERVATION_KEYS_FIND, requestKeys.toArray(UUID[]::new), tenant.value());
  }

  public static void findProlonged(
      RoundTrip trip, TenantId tenant, ReservationId id, Instant expiresAt) {
    trip.add(PROLONGED_FIND, tenant.value(), id.value(), Transactions.micros(expiresAt));
  }

  public static void findEnded(RoundTrip trip, TenantId tenant, ReservationId id, Instant endedAt) {
    trip.add(ENDED_FIND, tenant.value(), id.value(), Transactions.micros(endedAt));
  }

  public static void find(RoundTrip trip, TenantId tenant, ReservationId id) {
    trip.add(RESERVATION_FIND, tenant.value(), id.value());
  }
}
