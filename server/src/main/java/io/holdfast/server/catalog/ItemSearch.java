package io.holdfast.server.catalog;

import io.holdfast.server.catalog.ItemQuery.PriceRange;
import io.holdfast.server.catalog.ItemQuery.Sort;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds items. The statements are put together from constants alone; whatever was asked is a
/// parameter.
final class ItemSearch {
  /// Behind every currency.
  static final String NO_CURRENCY = "~";

  private static final String BY_PRICE =
      "coalesce(i.price_currency, '~'), coalesce(i.price_amount, 0), i.sku";
  private static final String BY_PRICE_DESCENDING =
      "coalesce(i.price_currency, '~'), -coalesce(i.price_amount, 0), i.sku";

  private final Handle handle;
  private final TenantId tenant;
  private final ItemQuery query;
  private final @Nullable FoundWords words;

  private ItemSearch(Handle handle, TenantId tenant, ItemQuery query, @Nullable FoundWords words) {
    this.handle = handle;
    this.tenant = tenant;
    this.query = query;
    this.words = words;
  }

  static ItemSearch of(Handle handle, TenantId tenant, ItemQuery query) {
    ItemQuery.Text text = query.text();
    return new ItemSearch(
        handle,
        tenant,
        query,
        text == null ? null : FoundWords.of(handle, tenant, text, query.alsoArchived()));
  }

  /// @param score of its words; 0 where none were asked for
  record Found(StoredItem item, long score) {}

  /// At most `limit` of them, after a cursor.
  List<Found> page(@Nullable ItemCursor after, int limit) {
    Statement statement = new Statement();
    addWords(statement);
    boolean isByWordsAlone =
        query.sort() == Sort.RELEVANCE && query.category() == null && query.prices() == null;
    if (isByWordsAlone) {
      // No item has to be looked at that is not on the page.
      statement.add(", best AS (SELECT f.sku, f.score FROM found f WHERE true ");
      addEnd(statement, after, limit);
      statement.add(") ");
    }
    statement.add("SELECT " + CatalogItems.COLUMNS_OF_I);
    statement.add(words == null ? ", 0 " : ", f.score ");
    addFrom(statement, isByWordsAlone ? "best" : "found");
    addCategory(statement);
    addPrices(statement);
    addEnd(statement, isByWordsAlone ? null : after, limit);
    return statement.on(handle).map((row, _) -> found(row)).list();
  }

  private void addEnd(Statement statement, @Nullable ItemCursor after, int limit) {
    if (after != null) {
      statement.add("AND " + condition(query.sort()), after.keys().toArray());
      if (query.sort() == Sort.RELEVANCE) {
        statement.bind(after.keys().getFirst());
      }
    }
    statement.add(" ORDER BY " + order(query.sort()) + " LIMIT ?", limit);
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(CatalogItems.stored(row), row.getLong(CatalogItems.COLUMN_COUNT + 1));
  }

  /// How many there are of which kind, whatever page is shown.
  Facets facets() {
    Statement statement = new Statement();
    addWords(statement);
    statement.add("SELECT i.category, i.price_currency, count(*) FILTER (WHERE ");
    if (query.prices() == null) {
      statement.add("true");
    } else {
      addInRange(statement, query.prices());
    }
    statement.add("), count(*), min(i.price_amount), max(i.price_amount) ");
    addFrom(statement, "found");
    statement.add("GROUP BY i.category, i.price_currency");
    List<Facets.Group> groups =
        statement
            .on(handle)
            .map(
                (row, _) ->
                    new Facets.Group(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)))
            .list();
    Category category = query.category();
    return Facets.of(groups, category == null ? null : category.value());
  }

  private void addWords(Statement statement) {
    if (words != null) {
      words.addTo(statement, tenant);
    }
  }

  private void addFrom(Statement statement, String found) {
    statement.add(words == null ? "FROM " : "FROM " + found + " f JOIN ");
    statement.add("holdfast.catalog_items i ");
    statement.add(words == null ? "WHERE " : "ON i.sku = f.sku AND ");
    statement.add("i.tenant_id = ? ", tenant.value());
    // "found" has only what may be listed.
    statement.add(words == null ? "" : "WHERE true ");
    if (words == null && !query.alsoArchived()) {
      statement.add("AND i.archived_at IS NULL ");
    }
  }

  private void addCategory(Statement statement) {
    Category category = query.category();
    if (category != null) {
      statement.add("AND i.category = ? ", category.value());
    }
  }

  private void addPrices(Statement statement) {
    if (query.prices() != null) {
      statement.add("AND ");
      addInRange(statement, query.prices());
    }
  }

  private static void addInRange(Statement statement, @Nullable PriceRange prices) {
    PriceRange range = Objects.requireNonNull(prices);
    statement.add(
        "i.price_currency = ? AND i.price_amount BETWEEN ? AND ? ",
        range.currency(),
        range.from(),
        range.to());
  }

  private static String order(Sort sort) {
    return switch (sort) {
      case RELEVANCE -> "f.score DESC, f.sku";
      case SKU -> "i.sku";
      case NAME -> "i.name, i.sku";
      case PRICE -> BY_PRICE;
      case PRICE_DESCENDING -> BY_PRICE_DESCENDING;
      case NEWEST -> "i.created_at DESC, i.sku DESC";
    };
  }

  /// That an item comes after a cursor.
  private static String condition(Sort sort) {
    return switch (sort) {
      case RELEVANCE -> "f.score <= ? AND (f.sku > ? OR f.score < ?)";
      case SKU -> "i.sku > ?";
      case NAME -> "(i.name, i.sku) > (?, ?)";
      case PRICE -> "(" + BY_PRICE + ") > (?, ?, ?)";
      case PRICE_DESCENDING -> "(" + BY_PRICE_DESCENDING + ") > (?, ?, ?)";
      case NEWEST -> "(i.created_at, i.sku) < (?, ?)";
    };
  }
}
