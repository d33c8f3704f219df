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
import java.sql.Array;
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

  /// Rows come sorted by key: two nodes that insert the same keys meet in the same order. A row
  /// less than sent means that somebody else was first with a key.
  public static final String RESERVATIONS_INSERT =
      """
      INSERT INTO holdfast.reservations
          (tenant_id, reservation_id, request_key, request_fingerprint, created_at, expires_at,
           ended_at, state, actor, customer, skus, locations, quantities, answer, seal)
      SELECT ?, n.reservation_id, n.request_key, n.request_fingerprint,
          timestamptz 'epoch' + ? * interval '1 microsecond',
          timestamptz 'epoch' + n.expires_micros * interval '1 microsecond',
          timestamptz 'epoch' + n.ended_micros * interval '1 microsecond',
          n.state, n.actor, n.customer,
          n.skus::text[], n.locations::text[], n.quantities::bigint[], n.answer, n.seal
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])
          AS n (reservation_id, request_key, request_fingerprint, expires_micros, ended_micros,
              state, actor, customer, skus, locations, quantities, answer, seal)
      ON CONFLICT (tenant_id, request_key) WHERE request_key IS NOT NULL DO NOTHING""";

  /// What a reservation ends with is added to its seal, so nothing else of it has to be known.
  public static final String RESERVATIONS_END =
      """
      UPDATE holdfast.reservations
      SET state = ?, ended_at = timestamptz 'epoch' + ? * interval '1 microsecond',
          version = version + 1, seal = holdfast.seal_of(seal || ?)
      WHERE tenant_id = ? AND reservation_id = ANY (?::uuid[])""";

  /// One that was not locked: if it is no longer at the version that was seen, or has a newer
  /// fence, it is left alone, and the count tells.
  public static final String RESERVATION_END_UNCHANGED =
      """
      UPDATE holdfast.reservations
      SET state = ?, ended_at = timestamptz 'epoch' + ? * interval '1 microsecond',
          version = version + 1, seal = holdfast.seal_of(seal || ?), fence = greatest(fence, ?)
      WHERE tenant_id = ? AND reservation_id = ? AND version = ? AND fence <= ?""";

  public static final String RESERVATION_REWRITE =
      """
      UPDATE holdfast.reservations v
      SET state = n.state, ended_at = coalesce(n.ended_at, v.ended_at),
          changed_at = n.changed_at, expires_at = n.expires_at, skus = n.skus,
          locations = n.locations, quantities = n.quantities, returned = n.returned,
          version = n.version, fence = greatest(v.fence, n.fence),
          seal = holdfast.reservation_seal(v.tenant_id, v.reservation_id, n.version,
              v.request_key, v.request_fingerprint, v.created_at, n.expires_at,
              coalesce(n.ended_at, v.ended_at), n.changed_at, n.state, v.actor, v.customer,
              n.skus, n.locations, n.quantities, n.returned, v.answer)
      FROM (
          SELECT ?::text AS state,
              CASE WHEN ?::boolean
                  THEN timestamptz 'epoch' + ? * interval '1 microsecond' END AS ended_at,
              timestamptz 'epoch' + ? * interval '1 microsecond' AS changed_at,
              timestamptz 'epoch' + ?::bigint * interval '1 microsecond' AS expires_at,
              ?::text[] AS skus, ?::text[] AS locations, ?::bigint[] AS quantities,
              ?::bigint[] AS returned, ?::bigint AS version, ?::bigint AS fence) n
      WHERE v.tenant_id = ? AND v.reservation_id = ? AND v.version = ? AND v.fence <= ?""";

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
      if (!rows.next()) {
        return Optional.empty();
      }
      Reservation found = reservation(new ReservationId(rows.getObject(1, UUID.class)), rows);
      return Optional.of(
          new ReservationView(
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
              Transactions.instantOrNull(rows, 12)));
    }
  }

  private static @Nullable LocationId location(@Nullable String location) {
    return location == null ? null : new LocationId(location);
  }

  public static void insert(RoundTrip trip, TenantId tenant, Instant createdAt, List<Row> rows) {
    Seals seals = new Seals();
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
            .toArray(byte[][]::new),
        rows.stream()
            .map(row -> seals.ofReservation(tenant, createdAt, row))
            .toArray(byte[][]::new));
  }

  static @Nullable String customerOf(Row row) {
    Customer customer = row.reservation().customer();
    return customer == null ? null : customer.reference();
  }

  static @Nullable String locationOf(HeldLine line) {
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
        new Seals().ofEnding(state, endedAt),
        tenant.value(),
        ids.stream().map(ReservationId::value).toArray(UUID[]::new));
  }

  /// A reservation that ends, and the version that was read of it.
  public record End(ReservationId id, ReservationState state, long seenVersion) {}

  /// Ends one that was not locked, if it is still as it was seen; the count tells.
  public static void endUnchanged(
      RoundTrip trip, TenantId tenant, Instant endedAt, End end, Fencing fencing) {
    trip.add(
        RESERVATION_END_UNCHANGED,
        end.state.code(),
        Transactions.micros(endedAt),
        new Seals().ofEnding(end.state, endedAt),
        fencing.mark(),
        tenant.value(),
        end.id.value(),
        end.seenVersion,
        fencing.newest());
  }

  /// A reservation that is there already, as it is to be.
  ///
  /// @param seenVersion the version that was read; at another one it is left alone, and the count
  ///   tells
  /// @param isEnding whether it ends with this
  public record Rewrite(Reservation after, long seenVersion, boolean isEnding) {}

  public static void rewrite(
      RoundTrip trip, TenantId tenant, Instant changedAt, Rewrite rewrite, Fencing fencing) {
    Reservation after = rewrite.after;
    Long micros = Transactions.micros(changedAt);
    List<HeldLine> lines = after.lines();
    boolean isAnyBack = lines.stream().anyMatch(line -> line.returned() > 0);
    trip.add(
        RESERVATION_REWRITE,
        after.state().code(),
        Boolean.toString(rewrite.isEnding),
        micros,
        micros,
        after.expiresAt() == null ? null : Transactions.micros(after.expiresAt()),
        ArrayText.ofTexts(lines, line -> line.sku().value()),
        ArrayText.ofTexts(lines, Reservations::locationOf),
        ArrayText.ofNumbers(lines, HeldLine::quantity),
        isAnyBack ? ArrayText.ofNumbers(lines, HeldLine::returned) : null,
        after.version(),
        fencing.mark(),
        tenant.value(),
        after.id().value(),
        rewrite.seenVersion,
        fencing.newest());
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
