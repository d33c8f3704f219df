package io.holdfast.server.catalog;

import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an item is sold as.
///
/// @param price null: it has none
/// @param isArchived whether it is out of the catalogue
public record Offer(String name, @Nullable Money price, boolean isArchived) {
  static final String OFFERS_READ =
      """
      SELECT sku, name, price_amount, price_currency, archived_at IS NOT NULL
      FROM holdfast.catalog_items
      WHERE tenant_id = ? AND sku = ANY (?)
      """;

  /// Those of items that the catalogue has.
  ///
  /// @param transaction of the tenant's
  public static Map<Sku, Offer> read(Connection transaction, TenantId tenant, Collection<Sku> skus)
      throws SQLException {
    Map<Sku, Offer> offers = HashMap.newHashMap(skus.size());
    String[] names = skus.stream().map(Sku::value).distinct().toArray(String[]::new);
    try (PreparedStatement read = transaction.prepareStatement(OFFERS_READ)) {
      read.setLong(1, tenant.value());
      read.setArray(2, transaction.createArrayOf("text", names));
      try (ResultSet row = read.executeQuery()) {
        while (row.next()) {
          String currency = row.getString(4);
          Money price = currency == null ? null : new Money(row.getLong(3), currency);
          offers.put(
              new Sku(row.getString(1)), new Offer(row.getString(2), price, row.getBoolean(5)));
        }
      }
    }
    return offers;
  }
}
