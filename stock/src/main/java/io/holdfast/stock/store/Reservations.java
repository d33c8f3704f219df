package io.holdfast.stock.store;

import io.holdfast.stock.Customer;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.HeldLine;
import io.holdfast.stock.decide.Reservation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The table of reservations, each with its lines as arrays and the idempotency key that made it:
/// what is written. See [FoundReservations] for what is read.
public final class Reservations {
  /// Rows come sorted by key: two nodes that insert the same keys meet in the same order. A row
  /// less than sent means that somebody else was first with a key.
  public static final String RESERVATIONS_INSERT =
      """
      INSERT INTO holdfast.reservations
          (tenant_id, reservation_id, request_key, request_fingerprint, created_at, expires_at,
           ended_at, state, actor, customer, skus, locations, quantities, answer, seal)
      SELECT ?, n.reservation_id, n.request_key, n.request_fingerprint,
          timestamptz 'epoch' + ? * interval '1 microsecond',
          timestamptz 'epoch' + coalesce(n.expires_micros, ?::bigint) * interval '1 microsecond',
          timestamptz 'epoch' + coalesce(n.ended_micros, ?::bigint) * interval '1 microsecond',
          coalesce(n.state, ?::text), coalesce(n.actor, ?::text), coalesce(n.customer, ?::text),
          coalesce(n.skus::text[], ?::text[]), coalesce(n.locations::text[], ?::text[]),
          coalesce(n.quantities::bigint[], ?::bigint[]), n.answer, n.seal
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])
          AS n (reservation_id, request_key, request_fingerprint, expires_micros, ended_micros,
              state, actor, customer, skus, locations, quantities, answer, seal)
      ON CONFLICT (tenant_id, request_key) WHERE request_key IS NOT NULL DO NOTHING""";

  /// The same for one alone: arrays of one cost the database more than the row.
  public static final String RESERVATION_INSERT =
      """
      INSERT INTO holdfast.reservations
          (tenant_id, reservation_id, request_key, request_fingerprint, created_at, expires_at,
           ended_at, state, actor, customer, skus, locations, quantities, answer, seal)
      VALUES (?, ?::uuid, ?::uuid, ?::uuid,
          timestamptz 'epoch' + ? * interval '1 microsecond',
          timestamptz 'epoch' + ?::bigint * interval '1 microsecond',
          timestamptz 'epoch' + ?::bigint * interval '1 microsecond',
          ?, ?, ?::text, ?::text[], ?::text[], ?::bigint[], ?::bytea, ?::bytea)
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

  private Reservations() {}

  /// A reservation as it is to be made, with the key and the answer of the request that makes it.
  public record Row(
      Reservation reservation,
      String actor,
      Optional<StoredAnswer> key,
      @Nullable Instant endedAt) {}

  public static void insert(RoundTrip trip, TenantId tenant, Instant createdAt, List<Row> rows) {
    Seals seals = new Seals();
    if (rows.size() == 1) {
      insert(trip, tenant, createdAt, rows.getFirst(), seals);
      return;
    }
    Column<Long> expires = Column.ofNumbers(rows, row -> microsOf(row.reservation().expiresAt()));
    Column<Long> ended = Column.ofNumbers(rows, row -> microsOf(row.endedAt()));
    Column<String> states = Column.ofTexts(rows, row -> row.reservation().state().code());
    Column<String> actors = Column.ofTexts(rows, Row::actor);
    Column<String> customers = Column.ofTexts(rows, Reservations::customerOf);
    Column<String> skus = Column.ofTexts(rows, Reservations::skusOf);
    Column<String> locations = Column.ofTexts(rows, Reservations::locationsOf);
    Column<String> quantities = Column.ofTexts(rows, Reservations::quantitiesOf);
    List<HeldLine> lines = rows.getFirst().reservation().lines();
    trip.add(
        RESERVATIONS_INSERT,
        tenant.value(),
        Transactions.micros(createdAt),
        expires.common(),
        ended.common(),
        states.common(),
        actors.common(),
        customers.common(),
        array(skus, lines, line -> line.sku().value(), String[]::new),
        array(locations, lines, Reservations::locationOf, String[]::new),
        array(quantities, lines, HeldLine::quantity, Long[]::new),
        uuids(rows, row -> row.reservation().id().value()),
        uuids(rows, row -> row.key().map(StoredAnswer::requestKey).orElse(null)),
        uuids(rows, row -> row.key().map(StoredAnswer::fingerprint).orElse(null)),
        expires.each(),
        ended.each(),
        states.each(),
        actors.each(),
        customers.each(),
        skus.each(),
        locations.each(),
        quantities.each(),
        rows.stream()
            .map(row -> row.key().map(StoredAnswer::answer).orElse(null))
            .toArray(byte[][]::new),
        rows.stream()
            .map(row -> seals.ofReservation(tenant, createdAt, row))
            .toArray(byte[][]::new));
  }

  private static void insert(
      RoundTrip trip, TenantId tenant, Instant createdAt, Row row, Seals seals) {
    Reservation reservation = row.reservation();
    trip.add(
        RESERVATION_INSERT,
        tenant.value(),
        reservation.id().value(),
        Missing.ID.or(row.key().map(StoredAnswer::requestKey).orElse(null)),
        Missing.ID.or(row.key().map(StoredAnswer::fingerprint).orElse(null)),
        Transactions.micros(createdAt),
        Missing.NUMBER.or(microsOf(reservation.expiresAt())),
        Missing.NUMBER.or(microsOf(row.endedAt())),
        reservation.state().code(),
        row.actor(),
        Missing.TEXT.or(customerOf(row)),
        skusOf(row),
        locationsOf(row),
        quantitiesOf(row),
        Missing.BYTES.or(row.key().map(StoredAnswer::answer).orElse(null)),
        seals.ofReservation(tenant, createdAt, row));
  }

  static @Nullable String customerOf(Row row) {
    Customer customer = row.reservation().customer();
    return customer == null ? null : customer.reference();
  }

  static @Nullable String locationOf(HeldLine line) {
    LocationId location = line.location();
    return location == null ? null : location.value();
  }

  private static String skusOf(Row row) {
    return ArrayText.ofTexts(row.reservation().lines(), line -> line.sku().value());
  }

  private static String locationsOf(Row row) {
    return ArrayText.ofTexts(row.reservation().lines(), Reservations::locationOf);
  }

  private static String quantitiesOf(Row row) {
    return ArrayText.ofNumbers(row.reservation().lines(), HeldLine::quantity);
  }

  /// What all rows have in a column of arrays; of no element if they differ.
  private static <T> T[] array(
      Column<String> column,
      List<HeldLine> lines,
      Function<HeldLine, @Nullable T> value,
      IntFunction<T[]> array) {
    return column.isCommon() ? lines.stream().map(value).toArray(array) : array.apply(0);
  }

  private static UUID[] uuids(List<Row> rows, Function<Row, @Nullable UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }

  private static @Nullable Long microsOf(@Nullable Instant instant) {
    return instant == null ? null : Transactions.micros(instant);
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
        Missing.NUMBER.or(microsOf(after.expiresAt())),
        ArrayText.ofTexts(lines, line -> line.sku().value()),
        ArrayText.ofTexts(lines, Reservations::locationOf),
        ArrayText.ofNumbers(lines, HeldLine::quantity),
        Missing.TEXT.or(isAnyBack ? ArrayText.ofNumbers(lines, HeldLine::returned) : null),
        after.version(),
        fencing.mark(),
        tenant.value(),
        after.id().value(),
        rewrite.seenVersion,
        fencing.newest());
  }
}
