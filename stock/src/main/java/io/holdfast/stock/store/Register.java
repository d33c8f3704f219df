package io.holdfast.stock.store;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The tables of items and locations.
public final class Register implements StockRegister {
  /// Sorted by the caller, so that two that register the same items meet in the same order.
  public static final String ITEMS_INSERT =
      """
      INSERT INTO holdfast.items (tenant_id, sku, tracked)
      SELECT ?, i.sku, ?::boolean FROM unnest(?::text[]) AS i (sku)
      ON CONFLICT (tenant_id, sku) DO NOTHING
      RETURNING sku""";

  public static final String LOCATION_INSERT =
      """
      INSERT INTO holdfast.locations (tenant_id, location) VALUES (?, ?)
      ON CONFLICT (tenant_id, location) DO NOTHING""";

  @Override
  public void setTenant(Connection transaction, TenantId tenant) throws SQLException {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(tenant, "tenant");
    Transactions.setTenant(transaction, tenant);
  }

  @Override
  public List<Sku> addItems(
      Connection transaction, TenantId tenant, List<Sku> skus, boolean tracked)
      throws SQLException {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(tenant, "tenant");
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
  public boolean addLocation(Connection transaction, TenantId tenant, LocationId location)
      throws SQLException {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(location, "location");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(LOCATION_INSERT, tenant.value(), location.value());
      trip.send();
      return trip.count() == 1;
    }
  }
}
