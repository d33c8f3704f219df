package io.holdfast.stock.store;

import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Reckoning;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a level must be, by the ledger and by the reservations that are held. It reads all held
/// reservations of the tenant, and of the level's movements as many as have come since its safety
/// stock was set: for one level now and then, never on the hot path.
public final class Reckonings {
  public static final String RECKONING_READ =
      """
      SELECT m.position, m.on_hand_after, m.reserved_after, m.hash,
          (SELECT s.detail
              FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) s
              WHERE s.tenant_id = ? AND s.sku = ? AND s.location = ? AND s.kind = 'safety_stock'
              ORDER BY s.position DESC LIMIT 1),
          (SELECT coalesce(sum(line.quantity), 0)::bigint
              FROM holdfast.reservations r
              CROSS JOIN unnest(r.skus, r.locations, r.quantities)
                  AS line (sku, location, quantity)
              WHERE r.tenant_id = ? AND r.state = 'held' AND line.sku = ? AND line.location = ?)
      FROM holdfast.movements m
      WHERE m.tenant_id = ? AND m.sku = ? AND m.location = ?
      ORDER BY m.position DESC LIMIT 1""";

  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,18}");

  private Reckonings() {}

  /// @param hash of the newest movement
  public record Found(Reckoning reckoning, byte[] hash) {}

  /// Of a level by its names as they stand in the rows.
  public static void read(RoundTrip trip, TenantId tenant, String sku, String location) {
    Long id = tenant.value();
    trip.add(RECKONING_READ, id, sku, location, id, sku, location, id, sku, location);
  }

  /// Empty when nothing has ever moved there.
  public static Optional<Found> found(RoundTrip trip) throws SQLException {
    try (ResultSet row = trip.rows()) {
      if (!row.next()) {
        return Optional.empty();
      }
      String safetyStock = row.getString(5);
      boolean isSet = safetyStock != null && WHOLE_NUMBER.matcher(safetyStock).matches();
      StockCount ledger =
          new StockCount(
              row.getLong(2),
              row.getLong(3),
              row.getLong(1),
              isSet ? Long.parseLong(safetyStock) : 0);
      return Optional.of(new Found(new Reckoning(ledger, row.getLong(6)), row.getBytes(4)));
    }
  }
}
