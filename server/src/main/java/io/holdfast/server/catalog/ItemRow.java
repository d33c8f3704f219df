package io.holdfast.server.catalog;

import io.holdfast.stock.TenantId;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What is told of an item, as a file has it: all that [ItemLine#ofItem] reads.
public record ItemRow(
    String sku,
    String name,
    boolean tracked,
    @Nullable String description,
    @Nullable String category,
    @Nullable Price price,
    Map<String, String> attributes,
    @Nullable String picture,
    boolean archived) {
  static final String ITEMS_READ =
      "SELECT "
          + CatalogItems.COLUMNS
          + """
            FROM holdfast.catalog_items
            WHERE tenant_id = ?
            ORDER BY sku
            """;

  private static final int FETCHED_AT_ONCE = 1_000;

  private static ItemRow of(StoredItem stored) {
    ItemBodies.Told told = ItemBodies.Told.of(stored.item().details());
    return new ItemRow(
        stored.item().sku().value(),
        told.name(),
        stored.item().tracked(),
        told.description(),
        told.category(),
        told.price(),
        told.attributes(),
        told.picture(),
        stored.isArchived());
  }

  /// Reads all of a tenant's items, those that are archived among them, without having them all in
  /// memory.
  public static void readAll(Handle handle, TenantId tenant, Consumer<ItemRow> each) {
    handle
        .createQuery(ITEMS_READ)
        .setFetchSize(FETCHED_AT_ONCE)
        .bind(0, tenant.value())
        .map((row, _) -> of(CatalogItems.stored(row)))
        .useStream(rows -> rows.forEach(each));
  }
}
