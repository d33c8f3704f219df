package io.holdfast.stock.store;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.PurchaseLimitView;
import io.holdfast.stock.Retention;
import io.holdfast.stock.RetentionView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockLocation;
import io.holdfast.stock.StockPolicy;
import io.holdfast.stock.StockPolicyView;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tables of items and locations.
public final class Register implements StockRegister {
  /// Sorted by the caller, so that two that register the same items meet in the same order.
  public static final String ITEMS_INSERT =
      """
      INSERT INTO holdfast.items (tenant_id, sku, tracked, created_at, seal)
      SELECT n.tenant_id, n.sku, n.tracked, n.created_at,
          holdfast.item_seal(n.tenant_id, n.sku, n.tracked, n.created_at)
      FROM (
          SELECT ?::bigint AS tenant_id, ?::boolean AS tracked, i.sku,
              clock_timestamp() AS created_at
          FROM unnest(?::text[]) AS i (sku)) n
      ON CONFLICT (tenant_id, sku) DO NOTHING
      RETURNING sku""";

  public static final String LOCATION_INSERT =
      """
      INSERT INTO holdfast.locations (tenant_id, location, priority) VALUES (?, ?, ?)
      ON CONFLICT (tenant_id, location) DO NOTHING""";

  public static final String LOCATION_PRIORITY_WRITE =
      """
      UPDATE holdfast.locations SET priority = ?, version = version + 1
      WHERE tenant_id = ? AND location = ? AND version = coalesce(?::bigint, version)""";

  public static final String LOCATION_SEAL =
      """
      UPDATE holdfast.locations l SET seal = holdfast.location_seal(l)
      WHERE l.tenant_id = ? AND l.location = ?""";

  public static final String LOCATION_READ =
      """
      SELECT location, priority, version FROM holdfast.locations
      WHERE tenant_id = ? AND location = ?""";

  public static final String LOCATIONS_READ =
      """
      SELECT location, priority, version FROM holdfast.locations WHERE tenant_id = ?
      ORDER BY priority, location""";

  @Override
  public void setTenant(Connection transaction, TenantId tenant) throws SQLException {
    check(transaction, tenant);
    Transactions.setTenant(transaction, tenant);
  }

  @Override
  public List<Sku> addItems(
      Connection transaction, TenantId tenant, List<Sku> skus, boolean tracked)
      throws SQLException {
    check(transaction, tenant);
    Objects.requireNonNull(skus, "skus");
    skus.forEach(sku -> Objects.requireNonNull(sku, "skus must not contain null"));
    String[] sorted = skus.stream().sorted().map(Sku::value).toArray(String[]::new);
    List<Sku> added = new ArrayList<>();
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(ITEMS_INSERT, tenant.value(), Boolean.toString(tracked), sorted);
      trip.send();
      try (ResultSet rows = trip.rows()) {
        while (rows.next()) {
          added.add(new Sku(rows.getString(1)));
        }
      }
    }
    return added;
  }

  @Override
  public boolean addLocation(
      Connection transaction, TenantId tenant, LocationId location, int priority)
      throws SQLException {
    check(transaction, tenant);
    Objects.requireNonNull(location, "location");
    checkPriority(priority);
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(LOCATION_INSERT, tenant.value(), location.value(), priority);
      trip.send();
      return sealed(trip.count() == 1, transaction, LOCATION_SEAL, tenant, location.value());
    }
  }

  @Override
  public boolean setPriority(
      Connection transaction,
      TenantId tenant,
      LocationId location,
      int priority,
      @Nullable Long expectedVersion)
      throws SQLException {
    check(transaction, tenant);
    Objects.requireNonNull(location, "location");
    checkPriority(priority);
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(
          LOCATION_PRIORITY_WRITE, priority, tenant.value(), location.value(), expectedVersion);
      trip.send();
      return sealed(trip.count() == 1, transaction, LOCATION_SEAL, tenant, location.value());
    }
  }

  private static void checkPriority(int priority) {
    if (priority < 0 || priority > MAX_PRIORITY) {
      throw new IllegalArgumentException(
          "priority must be between 0 and " + MAX_PRIORITY + ", not " + priority);
    }
  }

  @Override
  public Optional<StockLocation> location(
      Connection transaction, TenantId tenant, LocationId location) throws SQLException {
    check(transaction, tenant);
    Objects.requireNonNull(location, "location");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(LOCATION_READ, tenant.value(), location.value());
      trip.send();
      return locations(trip).stream().findFirst();
    }
  }

  @Override
  public List<StockLocation> locations(Connection transaction, TenantId tenant)
      throws SQLException {
    check(transaction, tenant);
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(LOCATIONS_READ, tenant.value());
      trip.send();
      return locations(trip);
    }
  }

  private static List<StockLocation> locations(RoundTrip trip) throws SQLException {
    List<StockLocation> locations = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        locations.add(
            new StockLocation(new LocationId(rows.getString(1)), rows.getInt(2), rows.getLong(3)));
      }
    }
    return locations;
  }

  @Override
  public StockPolicyView policy(Connection transaction, TenantId tenant) throws SQLException {
    check(transaction, tenant);
    try (RoundTrip trip = new RoundTrip(transaction)) {
      Policies.read(trip, tenant);
      trip.send();
      return Policies.view(trip);
    }
  }

  @Override
  public boolean setLimit(
      Connection transaction, TenantId tenant, PurchaseLimit limit, @Nullable Long expectedVersion)
      throws SQLException {
    check(transaction, tenant);
    Objects.requireNonNull(limit, "limit");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(Policies.CUSTOMERS_COUNT, tenant.value());
      trip.add(
          Policies.LIMIT_WRITE,
          limit.maxQuantity(),
          limit.window().toSeconds(),
          tenant.value(),
          limit.sku().value(),
          expectedVersion,
          expectedVersion);
      trip.send();
      sealed(trip.count() == 1, transaction, Policies.POLICY_SEAL, tenant);
      return sealed(
          trip.count() == 1, transaction, Policies.LIMIT_SEAL, tenant, limit.sku().value());
    }
  }

  @Override
  public boolean removeLimit(
      Connection transaction, TenantId tenant, Sku sku, @Nullable Long expectedVersion)
      throws SQLException {
    check(transaction, tenant);
    Objects.requireNonNull(sku, "sku");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(Policies.LIMIT_DELETE, tenant.value(), sku.value(), expectedVersion);
      trip.send();
      return trip.count() == 1;
    }
  }

  @Override
  public Optional<PurchaseLimitView> limit(Connection transaction, TenantId tenant, Sku sku)
      throws SQLException {
    check(transaction, tenant);
    Objects.requireNonNull(sku, "sku");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(Policies.LIMIT_READ, tenant.value(), sku.value());
      trip.send();
      try (ResultSet rows = trip.rows()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        Duration window = Duration.ofSeconds(rows.getLong(2));
        return Optional.of(
            new PurchaseLimitView(
                new PurchaseLimit(sku, rows.getLong(1), window), rows.getLong(3)));
      }
    }
  }

  @Override
  public boolean setPolicy(
      Connection transaction, TenantId tenant, StockPolicy policy, @Nullable Long expectedVersion)
      throws SQLException {
    check(transaction, tenant);
    Objects.requireNonNull(policy, "policy");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      Policies.write(trip, tenant, policy, expectedVersion);
      trip.send();
      return sealed(trip.count() == 1, transaction, Policies.POLICY_SEAL, tenant);
    }
  }

  @Override
  public RetentionView retention(Connection transaction, TenantId tenant) throws SQLException {
    check(transaction, tenant);
    try (RoundTrip trip = new RoundTrip(transaction)) {
      Retentions.read(trip, tenant);
      trip.send();
      return Retentions.view(trip);
    }
  }

  @Override
  public boolean setRetention(
      Connection transaction, TenantId tenant, Retention retention, @Nullable Long expectedVersion)
      throws SQLException {
    check(transaction, tenant);
    Objects.requireNonNull(retention, "retention");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      Retentions.write(trip, tenant, retention, expectedVersion);
      trip.send();
      return sealed(trip.count() == 1, transaction, Retentions.RETENTION_SEAL, tenant);
    }
  }

  /// Seals a row that was just written; one that was left alone keeps its seal. Answers what it was
  /// told.
  private static boolean sealed(
      boolean isWritten, Connection transaction, String seal, TenantId tenant, String... key)
      throws SQLException {
    if (isWritten) {
      try (RoundTrip trip = new RoundTrip(transaction)) {
        trip.add(seal, Stream.concat(Stream.of(tenant.value()), Stream.of(key)).toArray());
        trip.send();
      }
    }
    return isWritten;
  }

  private static void check(Connection transaction, TenantId tenant) {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(tenant, "tenant");
  }
}
