package io.holdfast.server.catalog;

import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Sku;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of items read and write.
final class ItemBodies {
  private static final String TEXTS =
      "at most 50; a name has 1 to 64 characters and a value 1 to 500, none a control character";

  private ItemBodies() {}

  /// @param tracked whether its stock is counted; an untracked item is always available
  @Schema(name = "NewItem")
  record NewItem(
      @Schema(required = true, minLength = 1, maxLength = 64) String sku,
      @Schema(required = true, minLength = 1, maxLength = ItemName.MAX_LENGTH) String name,
      @Schema(defaultValue = "true", description = "whether its stock is counted, for good")
          boolean tracked,
      @Schema(nullable = true, minLength = 1, maxLength = Description.MAX_LENGTH)
          @Nullable String description,
      @Schema(nullable = true, minLength = 1, maxLength = Category.MAX_LENGTH)
          @Nullable String category,
      @Schema(nullable = true) @Nullable Price price,
      @Schema(nullable = true, description = TEXTS) @Nullable Map<String, String> attributes,
      @Schema(nullable = true, minLength = 1, maxLength = Picture.MAX_LENGTH, format = "uri")
          @Nullable String picture) {

    static CatalogItem read(byte[] body, HttpHeaders headers) {
      JsonMembers members =
          JsonBody.of(body, headers)
              .only(
                  "sku",
                  "name",
                  "tracked",
                  "description",
                  "category",
                  "price",
                  "attributes",
                  "picture");
      return new CatalogItem(
          members.text("sku", Sku::new), members.flag("tracked", true), details(members));
    }

    private static ItemDetails details(JsonMembers members) {
      return new ItemDetails(
          members.text("name", ItemName::new),
          members.optionalText("description", Description::new).orElse(null),
          members.optionalText("category", Category::new).orElse(null),
          Price.read(members, "price").orElse(null),
          members
              .optionalTextsByName("attributes", AttributesPatch::new)
              .map(given -> given.on(Attributes.NONE))
              .orElse(Attributes.NONE),
          members.optionalText("picture", Picture::new).orElse(null));
    }
  }

  @Schema(name = "ChangedItem", description = "What it does not name stays as it is")
  record ChangedItem(
      @Schema(minLength = 1, maxLength = ItemName.MAX_LENGTH) @Nullable String name,
      @Schema(nullable = true, minLength = 1, maxLength = Description.MAX_LENGTH)
          @Nullable String description,
      @Schema(nullable = true, minLength = 1, maxLength = Category.MAX_LENGTH)
          @Nullable String category,
      @Schema(nullable = true) @Nullable Price price,
      @Schema(
              nullable = true,
              description =
                  "those to be set, and with null those to be taken away; the others stay. "
                      + TEXTS)
          @Nullable Map<String, @Nullable String> attributes,
      @Schema(nullable = true, minLength = 1, maxLength = Picture.MAX_LENGTH, format = "uri")
          @Nullable String picture,
      @Schema(description = "whether it is out of the catalogue") @Nullable Boolean archived) {

    static ItemPatch read(byte[] body, HttpHeaders headers) {
      JsonMembers members =
          JsonBody.of(body, headers)
              .only(
                  "name", "description", "category", "price", "attributes", "picture", "archived");
      return new ItemPatch(
          members.given("name", _ -> Optional.of(members.text("name", ItemName::new))),
          members.given("description", name -> members.optionalText(name, Description::new)),
          members.given("category", name -> members.optionalText(name, Category::new)),
          members.given("price", name -> Price.read(members, name)),
          members.given(
              "attributes", name -> members.optionalTextsByName(name, AttributesPatch::new)),
          members.given("picture", name -> members.optionalText(name, Picture::new)),
          members.optionalFlag("archived"),
          members.written());
    }
  }

  /// What is told of an item, as it is told.
  record Told(
      String name,
      @Nullable String description,
      @Nullable String category,
      @Nullable Price price,
      SortedMap<String, String> attributes,
      @Nullable String picture) {

    static Told of(ItemDetails details) {
      return new Told(
          details.name().value(),
          details.description() == null ? null : details.description().value(),
          details.category() == null ? null : details.category().value(),
          Price.of(details.price()),
          new TreeMap<>(details.attributes().values()),
          details.picture() == null ? null : details.picture().address());
    }
  }

  /// @param archivedAt when it was taken out of the catalogue; null: it is in it
  /// @param version counts its changes, from 1
  /// @param changedAt null: never
  @Schema(name = "Item")
  record Item(
      String sku,
      String name,
      boolean tracked,
      @Schema(nullable = true) @Nullable String description,
      @Schema(nullable = true) @Nullable String category,
      @Schema(nullable = true) @Nullable Price price,
      Map<String, String> attributes,
      @Schema(nullable = true) @Nullable String picture,
      @Schema(nullable = true) @Nullable Instant archivedAt,
      long version,
      Instant createdAt,
      @Schema(nullable = true) @Nullable Instant changedAt) {

    static Item of(StoredItem stored) {
      Told told = Told.of(stored.item().details());
      return new Item(
          stored.item().sku().value(),
          told.name(),
          stored.item().tracked(),
          told.description(),
          told.category(),
          told.price(),
          told.attributes(),
          told.picture(),
          stored.archivedAt(),
          stored.version(),
          stored.createdAt(),
          stored.changedAt());
    }
  }

  /// @param next to be sent as `after` for the next page; null: this was the last
  /// @param facets null: they were not asked for
  @Schema(name = "ItemPage")
  record Page(
      List<Item> items,
      @Schema(nullable = true) @Nullable String next,
      @Schema(nullable = true) @Nullable Facets facets) {

    /// @param found one more than `most` if there are more
    static Page of(
        List<ItemSearch.Found> found, int most, ItemQuery.Sort sort, @Nullable Facets facets) {
      List<ItemSearch.Found> shown = found.subList(0, Math.min(most, found.size()));
      String next = null;
      if (found.size() > most) {
        ItemSearch.Found last = shown.getLast();
        next = ItemCursor.after(sort, last.item(), last.score()).text(sort);
      }
      return new Page(shown.stream().map(each -> Item.of(each.item())).toList(), next, facets);
    }
  }
}
