package io.holdfast.server.catalog;

import io.holdfast.server.catalog.ItemQuery.PriceRange;
import io.holdfast.server.catalog.ItemQuery.Sort;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds items. The statements are put together from constants alone; whatever was asked is a
/// parameter.
final class ItemSearch {
  /// Behind every currency.
  static final String NO_CURRENCY = "~";

  /// Sorts by what stands in the item's row alone.
  private static final Set<Sort> BY_ITEM = Set.of(Sort.NAME, Sort.NEWEST);

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
    boolean isByFound = words != null && !BY_ITEM.contains(query.sort());
    if (isByFound) {
      // No item has to be looked at that is not on the page.
      statement.add(", best AS (SELECT f.* FROM found f WHERE true ");
      addFilters(statement);
      addEnd(statement, after, limit);
      statement.add(") ");
    }
    statement.add("SELECT " + CatalogItems.COLUMNS_OF_I);
    statement.add(words == null ? ", 0 " : ", f.score ");
    if (words == null) {
      addItems(statement);
    } else {
      statement.add("FROM " + (isByFound ? "best" : "found") + " f ");
      statement.add("JOIN holdfast.catalog_items i ON i.sku = f.sku ");
      statement.add("WHERE i.tenant_id = ? ", tenant.value());
    }
    if (!isByFound) {
      addFilters(statement);
    }
    addEnd(statement, isByFound ? null : after, limit);
    return statement.on(handle).map((row, _) -> found(row)).list();
  }

  private void addFilters(Statement statement) {
    Category category = query.category();
    if (category != null) {
      statement.add("AND " + told() + ".category = ? ", category.value());
    }
    if (query.prices() != null) {
      statement.add("AND ");
      addInRange(statement, query.prices());
    }
  }

  private void addEnd(Statement statement, @Nullable ItemCursor after, int limit) {
    if (after != null) {
      statement.add("AND " + condition(), after.keys().toArray());
      if (query.sort() == Sort.RELEVANCE) {
        statement.bind(after.keys().getFirst());
      }
    }
    statement.add(" ORDER BY " + order() + " LIMIT ?", limit);
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(CatalogItems.stored(row), row.getLong(CatalogItems.COLUMN_COUNT + 1));
  }

  /// How many there are of which kind, whatever page is shown.
  Facets facets() {
    Statement statement = new Statement();
    addWords(statement);
    statement.add("SELECT ");
    statement.add(kinds());
    statement.add(", ");
    statement.add("count(*) FILTER (WHERE ");
    if (query.prices() == null) {
      statement.add("true");
    } else {
      addInRange(statement, query.prices());
    }
    statement.add("), count(*), ");
    statement.add(
        words == null
            ? "min(i.price_amount), max(i.price_amount) "
            : "min(f.price_amount), max(f.price_amount) ");
    if (words == null) {
      addItems(statement);
    } else {
      statement.add("FROM found f ");
    }
    statement.add("GROUP BY ");
    statement.add(kinds());
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

  private String kinds() {
    return words == null ? "i.category, i.price_currency" : "f.category, f.price_currency";
  }

  private void addWords(Statement statement) {
    if (words != null) {
      words.addTo(statement, tenant);
    }
  }

  /// All, where no words are asked for. What words find is listed only if it may be.
  private void addItems(Statement statement) {
    statement.add("FROM holdfast.catalog_items i WHERE i.tenant_id = ? ", tenant.value());
    if (!query.alsoArchived()) {
      statement.add("AND i.archived_at IS NULL ");
    }
  }

  private void addInRange(Statement statement, @Nullable PriceRange prices) {
    PriceRange range = Objects.requireNonNull(prices);
    statement.add(
        "%1$s.price_currency = ? AND %1$s.price_amount BETWEEN ? AND ? ".formatted(told()),
        range.currency(),
        range.from(),
        range.to());
  }

  /// Where sku, category and price are read: beside the words, or in the item's row.
  private String told() {
    return words == null ? "i" : "f";
  }

  private String order() {
    return switch (query.sort()) {
      case RELEVANCE -> "f.score DESC, f.sku";
      case SKU -> told() + ".sku";
      case NAME -> "i.name, i.sku";
      case PRICE, PRICE_DESCENDING -> byPrice();
      case NEWEST -> "i.created_at DESC, i.sku DESC";
    };
  }

  /// That an item comes after a cursor.
  private String condition() {
    return switch (query.sort()) {
      case RELEVANCE -> "f.score <= ? AND (f.sku > ? OR f.score < ?)";
      case SKU -> told() + ".sku > ?";
      case NAME -> "(i.name, i.sku) > (?, ?)";
      case PRICE, PRICE_DESCENDING -> "(" + byPrice() + ") > (?, ?, ?)";
      case NEWEST -> "(i.created_at, i.sku) < (?, ?)";
    };
  }

  private String byPrice() {
    String sign = query.sort() == Sort.PRICE_DESCENDING ? "-" : "";
    return "coalesce(%1$s.price_currency, '~'), %2$scoalesce(%1$s.price_amount, 0), %1$s.sku"
        .formatted(told(), sign);
  }
}
