package io.holdfast.server.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockRegister;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Makes and changes many items at once, in the order of their skus. By which words they are found
/// is left to [CatalogItems#addWords], so that no long transaction stands in the way of others who
/// make the same words known.
public final class ItemBatch {
  static final String ITEMS_FIND =
      "SELECT "
          + CatalogItems.COLUMNS
          + """
            FROM holdfast.catalog_items
            WHERE tenant_id = ? AND sku = ANY (?)
            ORDER BY sku
            """;

  static final String ITEMS_LOCK = ITEMS_FIND + "FOR NO KEY UPDATE";

  static final String NEW_INSERT =
      """
      INSERT INTO holdfast.catalog_items (tenant_id, sku, tracked, name, description, category,
          price_amount, price_currency, attributes, picture, archived_at)
      SELECT ?, new.sku, new.tracked, new.name, new.description, new.category, new.price_amount,
          new.price_currency, new.attributes, new.picture,
          CASE WHEN new.archived THEN clock_timestamp() END
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::jsonb[],
          ?::text[], ?::boolean[], ?::boolean[]) AS new (sku, name, description, category,
          price_amount, price_currency, attributes, picture, archived, tracked)
      ORDER BY new.sku
      ON CONFLICT DO NOTHING
      """;

  static final String CHANGED_UPDATE =
      """
      UPDATE holdfast.catalog_items i
      SET name = new.name, description = new.description, category = new.category,
          price_amount = new.price_amount, price_currency = new.price_currency,
          attributes = new.attributes, picture = new.picture,
          archived_at = CASE WHEN new.archived THEN coalesce(i.archived_at, clock_timestamp()) END,
          version = i.version + 1, changed_at = clock_timestamp(), words_version = 0
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::jsonb[],
          ?::text[], ?::boolean[]) AS new (sku, name, description, category, price_amount,
          price_currency, attributes, picture, archived)
      WHERE i.tenant_id = ? AND i.sku = new.sku
      """;

  static final String CHANGES_INSERT =
      """
      INSERT INTO holdfast.catalog_changes (tenant_id, sku, version, changed_at, actor, replaced)
      SELECT i.tenant_id, i.sku, i.version, i.changed_at, ?, new.replaced
      FROM unnest(?::text[], ?::jsonb[]) AS new (sku, replaced)
      JOIN holdfast.catalog_items i ON i.tenant_id = ? AND i.sku = new.sku
      """;

  private final Handle handle;
  private final TenantId tenant;
  private final String actor;

  /// @param handle in a transaction of the tenant's
  /// @param actor who is told to have changed them
  public ItemBatch(Handle handle, TenantId tenant, String actor) {
    this.handle = handle;
    this.tenant = tenant;
    this.actor = actor;
  }

  /// What becomes of a line.
  public sealed interface Verdict {
    /// The item is made, or changed.
    record Applied() implements Verdict {}

    /// The item is as the line says.
    record Unchanged() implements Verdict {}

    /// @param column of the line
    record Refused(Reason reason, String column, String message) implements Verdict {}
  }

  /// Why a line is refused.
  public enum Reason {
    MISSING_VALUE,
    INVALID_VALUE,
    UNKNOWN_ITEM,
    TRACKED_DIFFERS
  }

  /// Somebody else made an item while this was about to. Nothing is to be kept of the transaction;
  /// with the next one the item is there.
  public static final class Overtaken extends RuntimeException {
    private Overtaken() {
      super("an item was made by somebody else meanwhile", null, false, false);
    }
  }

  private record Planned(
      CatalogItem item, boolean isArchived, SortedMap<String, JsonNode> replaced) {}

  private static final class Plan {
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Planned> made = new ArrayList<>();
    private final List<Planned> changed = new ArrayList<>();
  }

  /// Says what would become of the lines.
  ///
  /// @param lines each of another item
  /// @return as many, in the same order
  public List<Verdict> check(List<ItemLine> lines) {
    return plan(lines, ITEMS_FIND).verdicts;
  }

  /// Does it, but for the lines that are refused.
  ///
  /// @throws Overtaken see there
  public List<Verdict> apply(List<ItemLine> lines) throws SQLException {
    Plan plan = plan(lines, ITEMS_LOCK);
    make(plan.made);
    change(plan.changed);
    return plan.verdicts;
  }

  private Plan plan(List<ItemLine> lines, String reading) {
    String[] skus = lines.stream().map(line -> line.sku().value()).toArray(String[]::new);
    Map<Sku, StoredItem> found = new HashMap<>();
    handle
        .createQuery(reading)
        .bind(0, tenant.value())
        .bind(1, skus)
        .map((row, _) -> CatalogItems.stored(row))
        .forEach(item -> found.put(item.item().sku(), item));
    Plan plan = new Plan();
    for (ItemLine line : lines) {
      plan.verdicts.add(verdict(plan, line, found.get(line.sku())));
    }
    return plan;
  }

  private static Verdict verdict(Plan plan, ItemLine line, @Nullable StoredItem found) {
    try {
      return found == null ? made(plan, line) : changed(plan, line, found);
    } catch (InvalidMember e) {
      return new Verdict.Refused(Reason.INVALID_VALUE, e.member(), e.message());
    }
  }

  private static Verdict made(Plan plan, ItemLine line) {
    if (!line.makesNew()) {
      return new Verdict.Refused(Reason.UNKNOWN_ITEM, "sku", "no item has this sku");
    }
    ItemName name = line.name();
    if (name == null) {
      return new Verdict.Refused(
          Reason.MISSING_VALUE, "name", "is missing, and the item would be a new one");
    }
    boolean isTracked = line.tracked() == null || line.tracked();
    plan.made.add(planned(line, isTracked, line.on(ItemDetails.of(name)), false, null));
    return new Verdict.Applied();
  }

  private static Verdict changed(Plan plan, ItemLine line, StoredItem found) {
    boolean isTracked = found.item().tracked();
    if (line.tracked() != null && line.tracked() != isTracked) {
      return new Verdict.Refused(
          Reason.TRACKED_DIFFERS, "tracked", "is " + isTracked + " for good");
    }
    Planned planned =
        planned(line, isTracked, line.on(found.item().details()), found.isArchived(), found);
    if (planned.replaced().isEmpty()) {
      return new Verdict.Unchanged();
    }
    plan.changed.add(planned);
    return new Verdict.Applied();
  }

  private static Planned planned(
      ItemLine line,
      boolean isTracked,
      ItemDetails details,
      boolean wasArchived,
      @Nullable StoredItem found) {
    boolean archived = line.patch().archivedFrom(wasArchived);
    SortedMap<String, JsonNode> after = ItemMembers.of(details, archived);
    SortedMap<String, JsonNode> replaced =
        found == null ? after : ItemMembers.replaced(ItemMembers.of(found), after);
    CatalogItem item = new CatalogItem(line.sku(), isTracked, details);
    return new Planned(item, archived, replaced);
  }

  private void make(List<Planned> made) throws SQLException {
    if (made.isEmpty()) {
      return;
    }
    for (boolean tracked : new boolean[] {true, false}) {
      List<Sku> skus =
          made.stream()
              .map(Planned::item)
              .filter(item -> item.tracked() == tracked)
              .map(CatalogItem::sku)
              .sorted()
              .toList();
      if (!skus.isEmpty()) {
        StockRegister.create().addItems(handle.getConnection(), tenant, skus, tracked);
      }
    }
    List<@Nullable Object> values = new ArrayList<>();
    values.add(tenant.value());
    values.addAll(columns(made));
    values.add(all(made, each -> each.item().tracked(), Boolean[]::new));
    if (handle.execute(NEW_INSERT, values.toArray()) < made.size()) {
      throw new Overtaken();
    }
  }

  private void change(List<Planned> changed) {
    if (!changed.isEmpty()) {
      List<@Nullable Object> values = columns(changed);
      values.add(tenant.value());
      handle.execute(CHANGED_UPDATE, values.toArray());
      handle.execute(
          CHANGES_INSERT,
          actor,
          texts(changed, each -> each.item().sku().value()),
          texts(changed, each -> JsonWriting.tree(each.replaced()).toString()),
          tenant.value());
    }
  }

  private static List<@Nullable Object> columns(List<Planned> items) {
    List<@Nullable Object> columns = new ArrayList<>();
    columns.add(texts(items, each -> each.item().sku().value()));
    columns.add(texts(items, each -> details(each).name().value()));
    columns.add(texts(items, each -> CatalogItems.description(details(each))));
    columns.add(texts(items, each -> CatalogItems.category(details(each))));
    columns.add(all(items, each -> CatalogItems.amount(details(each)), Long[]::new));
    columns.add(texts(items, each -> CatalogItems.currency(details(each))));
    columns.add(texts(items, each -> CatalogItems.attributes(details(each))));
    columns.add(texts(items, each -> CatalogItems.picture(details(each))));
    columns.add(all(items, Planned::isArchived, Boolean[]::new));
    return columns;
  }

  private static ItemDetails details(Planned planned) {
    return planned.item().details();
  }

  private static Object texts(List<Planned> items, Function<Planned, @Nullable String> member) {
    return all(items, member, String[]::new);
  }

  private static <T> Object all(
      List<Planned> items,
      Function<Planned, ? extends @Nullable T> member,
      IntFunction<T[]> array) {
    return items.stream().map(member).toArray(array);
  }
}
