package io.holdfast.server.catalog;

import io.holdfast.stock.Sku;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// The table `catalog_items`. A row is written together with the engine's own row of the item.
public final class CatalogItems {
  static final String ITEM_INSERT =
      """
      INSERT INTO holdfast.catalog_items (tenant_id, sku, name, tracked, request_key)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  static final String ITEMS_INSERT =
      """
      INSERT INTO holdfast.catalog_items (tenant_id, sku, name, tracked)
      SELECT ?, new.sku, new.name, ?
      FROM unnest(?::text[], ?::text[]) AS new (sku, name)
      ON CONFLICT DO NOTHING
      """;

  static final String ITEM_FIND =
      """
      SELECT sku, name, tracked, created_at
      FROM holdfast.catalog_items
      WHERE tenant_id = ? AND sku = ?
      """;

  static final String ITEM_FIND_BY_KEY =
      """
      SELECT sku, name, tracked, created_at
      FROM holdfast.catalog_items
      WHERE tenant_id = ? AND request_key = ?
      """;

  static final String ITEMS_LIST =
      """
      SELECT sku, name, tracked, created_at
      FROM holdfast.catalog_items
      WHERE tenant_id = ? AND sku > ?
      ORDER BY sku
      LIMIT ?
      """;

  private static final RowMapper<StoredItem> STORED =
      (row, _) ->
          new StoredItem(
              row.getString(1),
              row.getString(2),
              row.getBoolean(3),
              row.getObject(4, OffsetDateTime.class).toInstant());

  private CatalogItems() {}

  /// A row.
  record StoredItem(String sku, String name, boolean tracked, Instant createdAt) {}

  /// Answers whether it is new: neither the sku nor the key was known before.
  static boolean add(Handle handle, TenantId tenant, CatalogItem item, @Nullable UUID requestKey)
      throws SQLException {
    StockRegister.create()
        .addItems(handle.getConnection(), tenant, List.of(item.sku()), item.tracked());
    return handle.execute(
            ITEM_INSERT,
            tenant.value(),
            item.sku().value(),
            item.name().value(),
            item.tracked(),
            requestKey)
        == 1;
  }

  /// Makes many known at once; those that are known already stay as they are.
  public static void addAll(
      Handle handle, TenantId tenant, List<CatalogItem> items, boolean tracked)
      throws SQLException {
    List<Sku> skus = items.stream().map(CatalogItem::sku).toList();
    StockRegister.create().addItems(handle.getConnection(), tenant, skus, tracked);
    handle.execute(
        ITEMS_INSERT,
        tenant.value(),
        tracked,
        skus.stream().map(Sku::value).toArray(String[]::new),
        items.stream().map(item -> item.name().value()).toArray(String[]::new));
  }

  static Optional<StoredItem> find(Handle handle, TenantId tenant, Sku sku) {
    return handle
        .createQuery(ITEM_FIND)
        .bind(0, tenant.value())
        .bind(1, sku.value())
        .map(STORED)
        .findOne();
  }

  static Optional<StoredItem> findByKey(Handle handle, TenantId tenant, UUID requestKey) {
    return handle
        .createQuery(ITEM_FIND_BY_KEY)
        .bind(0, tenant.value())
        .bind(1, requestKey)
        .map(STORED)
        .findOne();
  }

  /// Those after a sku, in the order of skus.
  static List<StoredItem> list(Handle handle, TenantId tenant, String after, int limit) {
    return handle
        .createQuery(ITEMS_LIST)
        .bind(0, tenant.value())
        .bind(1, after)
        .bind(2, limit)
        .map(STORED)
        .list();
  }
}
