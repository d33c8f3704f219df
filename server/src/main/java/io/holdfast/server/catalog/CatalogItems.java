package io.holdfast.server.catalog;

import io.holdfast.server.json.JsonWriting;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `catalog_items`. A row is written together with the engine's own row of the item.
public final class CatalogItems {
  static final String COLUMNS =
      """
      sku, tracked, name, description, category, price_amount, price_currency, attributes, picture,
          archived_at, version, created_at, changed_at
      """;

  /// The same of a table that is called `i`.
  static final String COLUMNS_OF_I =
      """
      i.sku, i.tracked, i.name, i.description, i.category, i.price_amount, i.price_currency,
          i.attributes, i.picture, i.archived_at, i.version, i.created_at, i.changed_at
      """;

  static final int COLUMN_COUNT = 13;

  static final String ITEM_INSERT =
      """
      INSERT INTO holdfast.catalog_items (tenant_id, sku, tracked, name, description, category,
          price_amount, price_currency, attributes, picture, words_version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  static final String ITEMS_INSERT =
      """
      INSERT INTO holdfast.catalog_items (tenant_id, sku, tracked, name, description, category,
          price_amount, price_currency, attributes, picture)
      SELECT ?, new.sku, ?, new.name, new.description, new.category, new.price_amount,
          new.price_currency, new.attributes, new.picture
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::jsonb[],
          ?::text[]) AS new (sku, name, description, category, price_amount, price_currency,
          attributes, picture)
      ON CONFLICT DO NOTHING
      """;

  static final String ITEM_FIND =
      "SELECT " + COLUMNS + "FROM holdfast.catalog_items WHERE tenant_id = ? AND sku = ?";

  static final String ITEM_LOCK = ITEM_FIND + " FOR NO KEY UPDATE";

  static final String ITEM_UPDATE =
      """
      UPDATE holdfast.catalog_items
      SET name = ?, description = ?, category = ?, price_amount = ?, price_currency = ?,
          attributes = ?::jsonb, picture = ?,
          archived_at = CASE WHEN ? THEN coalesce(archived_at, clock_timestamp()) END,
          version = version + 1, changed_at = clock_timestamp()
      WHERE tenant_id = ? AND sku = ?
      """;

  static final String ITEMS_WITHOUT_WORDS =
      "SELECT "
          + COLUMNS
          + """
            FROM holdfast.catalog_items
            WHERE tenant_id = ? AND words_version = 0
            LIMIT ?
            FOR NO KEY UPDATE SKIP LOCKED
            """;

  static final String WORDS_NOTED =
      """
      UPDATE holdfast.catalog_items SET words_version = ? WHERE tenant_id = ? AND sku = ANY (?)
      """;

  private static final int WORDS_STEP = 2_000;

  private CatalogItems() {}

  /// Answers whether the sku is new.
  static boolean add(Handle handle, TenantId tenant, CatalogItem item) throws SQLException {
    StockRegister.create()
        .addItems(handle.getConnection(), tenant, List.of(item.sku()), item.tracked());
    ItemDetails details = item.details();
    boolean isNew =
        handle.execute(
                ITEM_INSERT,
                tenant.value(),
                item.sku().value(),
                item.tracked(),
                details.name().value(),
                description(details),
                category(details),
                amount(details),
                currency(details),
                attributes(details),
                picture(details),
                Words.RULES)
            == 1;
    if (isNew) {
      ItemWords.add(handle, tenant, List.of(item));
    }
    return isNew;
  }

  /// Makes many known at once; those that are known already stay as they are.
  public static void addAll(
      Handle handle, TenantId tenant, List<CatalogItem> items, boolean tracked)
      throws SQLException {
    List<Sku> skus = items.stream().map(CatalogItem::sku).toList();
    StockRegister.create().addItems(handle.getConnection(), tenant, skus, tracked);
    List<ItemDetails> details = items.stream().map(CatalogItem::details).toList();
    handle.execute(
        ITEMS_INSERT,
        tenant.value(),
        tracked,
        skus.stream().map(Sku::value).toArray(String[]::new),
        texts(details, each -> each.name().value()),
        texts(details, CatalogItems::description),
        texts(details, CatalogItems::category),
        details.stream().map(CatalogItems::amount).toArray(Long[]::new),
        texts(details, CatalogItems::currency),
        texts(details, CatalogItems::attributes),
        texts(details, CatalogItems::picture));
    addWords(handle, tenant);
  }

  /// Of all items that have none: those that were added or changed together, or by a program that
  /// knew of none.
  public static void addWords(Handle handle, TenantId tenant) {
    boolean isMore = true;
    while (isMore) {
      isMore = addSomeWords(handle, tenant);
    }
  }

  /// The same of so many that others who wait for them do not wait for long. What somebody else is
  /// about to do is left to them.
  ///
  /// @return whether there may be more
  public static boolean addSomeWords(Handle handle, TenantId tenant) {
    List<StoredItem> found =
        handle
            .createQuery(ITEMS_WITHOUT_WORDS)
            .bind(0, tenant.value())
            .bind(1, WORDS_STEP)
            .map((row, _) -> stored(row))
            .list();
    if (!found.isEmpty()) {
      String[] skus = found.stream().map(i -> i.item().sku().value()).toArray(String[]::new);
      ItemWords.replace(handle, tenant, found.stream().map(StoredItem::item).toList(), skus);
      handle.execute(WORDS_NOTED, Words.RULES, tenant.value(), skus);
    }
    return found.size() == WORDS_STEP;
  }

  private static @Nullable String[] texts(
      List<ItemDetails> details, Function<ItemDetails, @Nullable String> member) {
    return details.stream().map(member).toArray(String[]::new);
  }

  static Optional<StoredItem> find(Handle handle, TenantId tenant, Sku sku) {
    return one(handle, ITEM_FIND, tenant, sku);
  }

  /// The same, and nobody else changes it until the transaction ends.
  static Optional<StoredItem> lock(Handle handle, TenantId tenant, Sku sku) {
    return one(handle, ITEM_LOCK, tenant, sku);
  }

  private static Optional<StoredItem> one(Handle handle, String query, TenantId tenant, Sku sku) {
    return handle
        .createQuery(query)
        .bind(0, tenant.value())
        .bind(1, sku.value())
        .map((row, _) -> stored(row))
        .findOne();
  }

  /// Sets what is told of an item that is locked, and answers it as it is then.
  static StoredItem change(
      Handle handle, TenantId tenant, Sku sku, ItemDetails details, boolean archived) {
    handle.execute(
        ITEM_UPDATE,
        details.name().value(),
        description(details),
        category(details),
        amount(details),
        currency(details),
        attributes(details),
        picture(details),
        archived,
        tenant.value(),
        sku.value());
    return find(handle, tenant, sku).orElseThrow();
  }

  /// Of a row with [#COLUMNS].
  static StoredItem stored(ResultSet row) throws SQLException {
    ItemDetails details =
        new ItemDetails(
            new ItemName(row.getString(3)),
            optional(row.getString(4), Description::new),
            optional(row.getString(5), Category::new),
            optional(row.getString(7), money(row.getLong(6))),
            Attributes.of(texts(row.getString(8))),
            optional(row.getString(9), Picture::new));
    return new StoredItem(
        new CatalogItem(new Sku(row.getString(1)), row.getBoolean(2), details),
        instant(row, 10),
        row.getLong(11),
        row.getObject(12, OffsetDateTime.class).toInstant(),
        instant(row, 13));
  }

  private static Function<String, Money> money(long amount) {
    return currency -> new Money(amount, currency);
  }

  private static SortedMap<String, String> texts(String json) {
    SortedMap<String, String> texts = new TreeMap<>();
    JsonWriting.parsed(json)
        .properties()
        .forEach(text -> texts.put(text.getKey(), text.getValue().textValue()));
    return texts;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime found = row.getObject(column, OffsetDateTime.class);
    return found == null ? null : found.toInstant();
  }

  private static <T> @Nullable T optional(@Nullable String value, Function<String, T> type) {
    return value == null ? null : type.apply(value);
  }

  static @Nullable String description(ItemDetails details) {
    return details.description() == null ? null : details.description().value();
  }

  static @Nullable String category(ItemDetails details) {
    return details.category() == null ? null : details.category().value();
  }

  static @Nullable Long amount(ItemDetails details) {
    return details.price() == null ? null : details.price().amount();
  }

  static @Nullable String currency(ItemDetails details) {
    return details.price() == null ? null : details.price().currency();
  }

  static String attributes(ItemDetails details) {
    return JsonWriting.tree(details.attributes().values()).toString();
  }

  static @Nullable String picture(ItemDetails details) {
    return details.picture() == null ? null : details.picture().address();
  }
}
