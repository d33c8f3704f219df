package io.holdfast.server.catalog;

import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Sku;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of items read and write.
final class ItemBodies {
  private ItemBodies() {}

  /// @param tracked whether its stock is counted; an untracked item is always available
  @Schema(name = "NewItem")
  record NewItem(
      @Schema(required = true, minLength = 1, maxLength = 64) String sku,
      @Schema(required = true, minLength = 1, maxLength = 200) String name,
      @Schema(defaultValue = "true") boolean tracked) {

    static CatalogItem read(byte[] body, HttpHeaders headers) {
      JsonMembers members = JsonBody.of(body, headers).only("sku", "name", "tracked");
      return new CatalogItem(
          members.text("sku", Sku::new),
          members.text("name", ItemName::new),
          members.flag("tracked", true));
    }
  }

  /// An item.
  @Schema(name = "Item")
  record Item(String sku, String name, boolean tracked, Instant createdAt) {

    static Item of(CatalogItems.StoredItem stored) {
      return new Item(stored.sku(), stored.name(), stored.tracked(), stored.createdAt());
    }
  }

  /// @param next to be sent as `after` for the next page; null: this was the last
  @Schema(name = "ItemPage")
  record Page(List<Item> items, @Schema(nullable = true) @Nullable String next) {}
}
