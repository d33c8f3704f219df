package io.holdfast.stock.store;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.LevelKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks around for those who were refused: what may come back, and what lies elsewhere.
public final class Prospects {
  public static final String EXPIRIES_FIND =
      """
      SELECT skus, locations, (extract(epoch FROM expires_at) * 1000000)::bigint
      FROM holdfast.reservations
      WHERE tenant_id = ? AND state = 'held'
      ORDER BY expires_at, reservation_id
      LIMIT ?""";

  public static final String LEVELS_FIND =
      """
      SELECT sku, location, on_hand, reserved, version, safety_stock
      FROM holdfast.stock_levels
      WHERE tenant_id = ? AND sku = ANY (?::text[])""";

  private Prospects() {}

  /// When the first of what is reserved comes back, unless it is committed.
  public record Expiries(Map<LevelKey, Instant> byLevel, Map<Sku, Instant> bySku) {
    /// @param location null: wherever
    public @Nullable Instant first(Sku sku, @Nullable LocationId location) {
      return location == null ? bySku.get(sku) : byLevel.get(new LevelKey(sku, location));
    }
  }

  public static void findExpiries(RoundTrip trip, TenantId tenant, int limit) {
    trip.add(EXPIRIES_FIND, tenant.value(), (long) limit);
  }

  public static Expiries expiries(RoundTrip trip) throws SQLException {
    Expiries expiries = new Expiries(new HashMap<>(), new HashMap<>());
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        String[] skus = (String[]) rows.getArray(1).getArray();
        String[] locations = (String[]) rows.getArray(2).getArray();
        Instant expiresAt = Transactions.instant(rows.getLong(3));
        for (int i = 0; i < skus.length; i++) {
          if (locations[i] != null) {
            Sku sku = new Sku(skus[i]);
            LevelKey level = new LevelKey(sku, new LocationId(locations[i]));
            expiries.byLevel.putIfAbsent(level, expiresAt);
            expiries.bySku.putIfAbsent(sku, expiresAt);
          }
        }
      }
    }
    return expiries;
  }

  public static void findLevels(RoundTrip trip, TenantId tenant, Collection<Sku> skus) {
    trip.add(LEVELS_FIND, tenant.value(), skus.stream().map(Sku::value).toArray(String[]::new));
  }

  public static Map<LevelKey, StockCount> levels(RoundTrip trip) throws SQLException {
    Map<LevelKey, StockCount> levels = new HashMap<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        levels.put(
            new LevelKey(new Sku(rows.getString(1)), new LocationId(rows.getString(2))),
            new StockCount(rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6)));
      }
    }
    return levels;
  }
}
