package io.holdfast.server.transfer;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What is known of the levels that some lines are about. They are the engine's, and here they are
/// only looked at.
final class StockLevels {
  static final String ITEMS_READ =
      """
      SELECT sku, tracked FROM holdfast.items WHERE tenant_id = ? AND sku = ANY (?)
      """;

  static final String LOCATIONS_READ =
      """
      SELECT location FROM holdfast.locations WHERE tenant_id = ? AND location = ANY (?)
      """;

  /// Held until the engine has decided, in the order in which it takes them itself.
  static final String LEVELS_LOCK =
      """
      SELECT l.sku, l.location, l.on_hand, l.version
      FROM holdfast.stock_levels l
      WHERE l.tenant_id = ? AND (l.sku, l.location) IN (
          SELECT * FROM unnest(?::text[], ?::text[]))
      ORDER BY l.sku, l.location
      FOR NO KEY UPDATE
      """;

  static final String LEVELS_READ =
      """
      SELECT sku, location, on_hand, reserved, version
      FROM holdfast.stock_levels
      WHERE tenant_id = ?
      ORDER BY sku, location
      """;

  private static final int FETCHED_AT_ONCE = 1_000;

  private final Map<Sku, Boolean> tracked = new HashMap<>();
  private final Set<String> locations = new HashSet<>();
  private final Map<LineKey, Level> levels = new HashMap<>();

  private StockLevels() {}

  record Level(long onHand, long version) {}

  /// A level as a file has it.
  record Row(
      String sku, String location, long onHand, long reserved, long available, long version) {}

  static StockLevels lock(Handle handle, TenantId tenant, List<StockLine> lines) {
    StockLevels found = new StockLevels();
    String[] skus = lines.stream().map(line -> line.sku().value()).toArray(String[]::new);
    String[] places = lines.stream().map(line -> line.location().value()).toArray(String[]::new);
    handle
        .createQuery(LEVELS_LOCK)
        .bind(0, tenant.value())
        .bind(1, skus)
        .bind(2, places)
        .map(
            (row, _) ->
                found.levels.put(
                    new LineKey(new Sku(row.getString(1)), row.getString(2)),
                    new Level(row.getLong(3), row.getLong(4))))
        .list();
    handle
        .createQuery(ITEMS_READ)
        .bind(0, tenant.value())
        .bind(1, skus)
        .map((row, _) -> found.tracked.put(new Sku(row.getString(1)), row.getBoolean(2)))
        .list();
    handle
        .createQuery(LOCATIONS_READ)
        .bind(0, tenant.value())
        .bind(1, places)
        .map((row, _) -> found.locations.add(row.getString(1)))
        .list();
    return found;
  }

  /// Reads all of a tenant's levels, without having them all in memory.
  static void readAll(Handle handle, TenantId tenant, Consumer<Row> each) {
    handle
        .createQuery(LEVELS_READ)
        .setFetchSize(FETCHED_AT_ONCE)
        .bind(0, tenant.value())
        .map(
            (row, _) ->
                new Row(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(3) - row.getLong(4),
                    row.getLong(5)))
        .useStream(rows -> rows.forEach(each));
  }

  /// Null: there is no such item.
  @Nullable Boolean isTracked(Sku sku) {
    return tracked.get(sku);
  }

  boolean isLocation(LocationId location) {
    return locations.contains(location.value());
  }

  /// Null: nothing was ever received there.
  @Nullable Level of(LineKey level) {
    return levels.get(level);
  }
}
