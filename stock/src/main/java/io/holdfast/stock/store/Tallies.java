package io.holdfast.stock.store;

import io.holdfast.stock.Customer;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Tally;
import io.holdfast.stock.decide.Tally.Claimed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The table of what counts for each customer, and that of what may. A tenant that limits nobody
/// has its one flag looked at, and nothing else.
public final class Tallies {
  public static final String TALLIES_LOCK =
      """
      SELECT k.customer, t.version, t.held, t.claimed_by, t.claimed_skus, t.claimed_units,
          t.claimed_micros
      FROM unnest(?::text[]) AS k (customer),
      LATERAL (
          SELECT c.version, c.held, c.claimed_by, c.claimed_skus, c.claimed_units, c.claimed_micros
          FROM holdfast.customer_tallies c
          WHERE c.tenant_id = ? AND c.customer = k.customer
          FOR UPDATE) t
      WHERE (SELECT p.counts_customers FROM holdfast.stock_policies p WHERE p.tenant_id = ?)""";

  /// The version is null of a row that somebody else holds.
  public static final String TALLIES_LOCK_UNHELD =
      """
      SELECT n.customer, t.version, t.held, t.claimed_by, t.claimed_skus, t.claimed_units,
          t.claimed_micros
      FROM unnest(?::text[]) AS k (customer)
      CROSS JOIN LATERAL (
          SELECT e.customer FROM holdfast.customer_tallies e
          WHERE e.tenant_id = ? AND e.customer = k.customer
          OFFSET 0) n
      LEFT JOIN LATERAL (
          SELECT c.version, c.held, c.claimed_by, c.claimed_skus, c.claimed_units, c.claimed_micros
          FROM holdfast.customer_tallies c
          WHERE c.tenant_id = ? AND c.customer = n.customer
          FOR UPDATE SKIP LOCKED) t ON true
      WHERE (SELECT p.counts_customers FROM holdfast.stock_policies p WHERE p.tenant_id = ?)""";

  public static final String TALLIES_READ =
      """
      SELECT k.customer, t.version, t.held, t.claimed_by, t.claimed_skus, t.claimed_units,
          t.claimed_micros
      FROM unnest(?::text[]) AS k (customer),
      LATERAL (
          SELECT c.version, c.held, c.claimed_by, c.claimed_skus, c.claimed_units, c.claimed_micros
          FROM holdfast.customer_tallies c
          WHERE c.tenant_id = ? AND c.customer = k.customer
          OFFSET 0) t
      WHERE (SELECT p.counts_customers FROM holdfast.stock_policies p WHERE p.tenant_id = ?)""";

  /// The limits of the items that are asked for, and of those that count for the customers already.
  public static final String LIMITS_READ =
      """
      SELECT w.sku, l.max_quantity, l.window_seconds
      FROM (
          SELECT unnest(?::text[]) AS sku
          UNION
          SELECT unnest(t.claimed_skus)
          FROM unnest(?::text[]) AS k (customer),
          LATERAL (
              SELECT c.claimed_skus FROM holdfast.customer_tallies c
              WHERE c.tenant_id = ? AND c.customer = k.customer
              OFFSET 0) t) w,
      LATERAL (
          SELECT p.max_quantity, p.window_seconds FROM holdfast.purchase_limits p
          WHERE p.tenant_id = ? AND p.sku = w.sku
          OFFSET 0) l
      WHERE (SELECT p.counts_customers FROM holdfast.stock_policies p WHERE p.tenant_id = ?)""";

  /// Rows come sorted by customer. A row less than sent means that somebody else was first with one
  /// that was not there to be locked, or not locked. One that is there by now is not waited for:
  /// whoever holds it may wait for a level that this transaction has.
  public static final String TALLIES_WRITE =
      """
      INSERT INTO holdfast.customer_tallies AS t
          (tenant_id, customer, version, held, claimed_by, claimed_skus, claimed_units,
           claimed_micros, seal, fence)
      SELECT ?, n.customer, n.version, n.held::uuid[], n.claimed_by::uuid[],
          n.claimed_skus::text[], n.claimed_units::bigint[], n.claimed_micros::bigint[], n.seal,
          ?
      FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
              ?::bytea[])
          AS n (customer, version, held, claimed_by, claimed_skus, claimed_units, claimed_micros,
              seal)
      WHERE n.version > 1
          OR NOT EXISTS (
              SELECT FROM holdfast.customer_tallies e
              WHERE e.tenant_id = ? AND e.customer = n.customer)
      ON CONFLICT (tenant_id, customer) DO UPDATE
      SET version = excluded.version, held = excluded.held, claimed_by = excluded.claimed_by,
          claimed_skus = excluded.claimed_skus, claimed_units = excluded.claimed_units,
          claimed_micros = excluded.claimed_micros, seal = excluded.seal,
          fence = greatest(t.fence, excluded.fence)
      WHERE t.version = excluded.version - 1 AND t.fence <= ?""";

  private Tallies() {}

  /// What a load found for one customer.
  ///
  /// @param tally null when somebody else holds the row
  public record Loaded(Customer customer, long version, @Nullable Tally tally) {}

  /// @param version as it is to be: one more than was seen, 1 for a new one
  public record Row(Tally tally, long version) {}

  /// Loads those of `customers`, which must be in lock order, that have a tally.
  public static void load(
      RoundTrip trip, TenantId tenant, List<Customer> customers, Locking locking) {
    Long id = tenant.value();
    String[] names = names(customers);
    switch (locking) {
      case WAIT, SERIALIZABLE, GUARD -> trip.add(TALLIES_LOCK, names, id, id);
      case SKIP_HELD -> trip.add(TALLIES_LOCK_UNHELD, names, id, id, id);
      case VERSION, FENCE, NONE -> trip.add(TALLIES_READ, names, id, id);
    }
  }

  public static List<Loaded> loaded(RoundTrip trip) throws SQLException {
    List<Loaded> loaded = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        Customer customer = new Customer(rows.getString(1));
        long version = rows.getLong(2);
        loaded.add(
            rows.wasNull()
                ? new Loaded(customer, 0, null)
                : new Loaded(customer, version, tally(customer, rows)));
      }
    }
    return loaded;
  }

  private static Tally tally(Customer customer, ResultSet rows) throws SQLException {
    List<ReservationId> held = new ArrayList<>();
    for (UUID id : (UUID[]) rows.getArray(3).getArray()) {
      held.add(new ReservationId(id));
    }
    UUID[] reservations = (UUID[]) rows.getArray(4).getArray();
    String[] skus = (String[]) rows.getArray(5).getArray();
    Long[] units = (Long[]) rows.getArray(6).getArray();
    Long[] micros = (Long[]) rows.getArray(7).getArray();
    List<Claimed> claims = new ArrayList<>(skus.length);
    for (int i = 0; i < skus.length; i++) {
      claims.add(
          new Claimed(
              new ReservationId(reservations[i]),
              new Sku(skus[i]),
              units[i],
              Transactions.instant(micros[i])));
    }
    return new Tally(customer, held, claims);
  }

  public static void loadLimits(
      RoundTrip trip, TenantId tenant, Collection<Sku> skus, List<Customer> customers) {
    Long id = tenant.value();
    trip.add(
        LIMITS_READ,
        skus.stream().map(Sku::value).toArray(String[]::new),
        names(customers),
        id,
        id,
        id);
  }

  public static List<PurchaseLimit> limits(RoundTrip trip) throws SQLException {
    List<PurchaseLimit> limits = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        limits.add(
            new PurchaseLimit(
                new Sku(rows.getString(1)), rows.getLong(2), Duration.ofSeconds(rows.getLong(3))));
      }
    }
    return limits;
  }

  public static void write(RoundTrip trip, TenantId tenant, List<Row> rows, Fencing fencing) {
    Seals seals = new Seals();
    trip.add(
        TALLIES_WRITE,
        tenant.value(),
        fencing.mark(),
        texts(rows, tally -> tally.customer().reference()),
        rows.stream().map(Row::version).toArray(Long[]::new),
        texts(rows, tally -> ArrayText.ofTexts(tally.held(), ReservationId::toString)),
        texts(
            rows,
            tally -> ArrayText.ofTexts(tally.claims(), claim -> claim.reservation().toString())),
        texts(rows, tally -> ArrayText.ofTexts(tally.claims(), claim -> claim.sku().value())),
        texts(rows, tally -> ArrayText.ofNumbers(tally.claims(), Claimed::units)),
        texts(
            rows,
            tally -> ArrayText.ofNumbers(tally.claims(), claim -> Transactions.micros(claim.at()))),
        rows.stream().map(row -> seals.ofTally(tenant, row)).toArray(byte[][]::new),
        tenant.value(),
        fencing.newest());
  }

  private static String[] texts(List<Row> rows, Function<Tally, String> column) {
    return rows.stream().map(Row::tally).map(column).toArray(String[]::new);
  }

  private static String[] names(List<Customer> customers) {
    return customers.stream().map(Customer::reference).toArray(String[]::new);
  }
}
