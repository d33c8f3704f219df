package io.holdfast.stock.store;

import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.LevelKey;
import java.sql.SQLException;
import java.time.Instant;

/// The table of quarantines, and what the level's own row says of one.
public final class Quarantines {
  public static final String QUARANTINE_INSERT =
      """
      INSERT INTO holdfast.quarantines
          (tenant_id, on_hand, reserved, safety_stock, version, quarantined_at, sku, location,
           reason, seal)
      SELECT n.*, holdfast.quarantine_seal(n.tenant_id, n.on_hand, n.reserved, n.safety_stock,
          n.version, NULL, n.quarantined_at, NULL, n.sku, n.location, n.reason, NULL, NULL)
      FROM (
          SELECT ?::bigint AS tenant_id, ?::bigint AS on_hand, ?::bigint AS reserved,
              ?::bigint AS safety_stock, ?::bigint AS version,
              timestamptz 'epoch' + ? * interval '1 microsecond' AS quarantined_at,
              ?::text COLLATE "C" AS sku, ?::text COLLATE "C" AS location, ?::text AS reason) n
      ON CONFLICT (tenant_id, sku, location) WHERE released_at IS NULL DO NOTHING""";

  /// As is recorded: where somebody has taken a quarantine back by hand, it is the one from before.
  public static final String LEVEL_QUARANTINE =
      """
      UPDATE holdfast.stock_levels l
      SET quarantined_at = q.quarantined_at, quarantine_reason = q.reason
      FROM holdfast.quarantines q
      WHERE l.tenant_id = ? AND l.sku = ? AND l.location = ?
          AND q.tenant_id = l.tenant_id AND q.sku = l.sku AND q.location = l.location
          AND q.released_at IS NULL""";

  public static final String LEVEL_RELEASE =
      """
      UPDATE holdfast.stock_levels
      SET quarantined_at = NULL, quarantine_reason = NULL
      WHERE tenant_id = ? AND sku = ? AND location = ? AND quarantined_at IS NOT NULL""";

  public static final String QUARANTINE_RELEASE =
      """
      UPDATE holdfast.quarantines q
      SET released_at = n.released_at, released_version = n.released_version,
          released_by = n.released_by, release_reason = n.release_reason,
          seal = holdfast.quarantine_seal(q.tenant_id, q.on_hand, q.reserved, q.safety_stock,
              q.version, n.released_version, q.quarantined_at, n.released_at, q.sku, q.location,
              q.reason, n.released_by, n.release_reason)
      FROM (
          SELECT timestamptz 'epoch' + ? * interval '1 microsecond' AS released_at,
              ?::bigint AS released_version, ?::text AS released_by,
              ?::text AS release_reason) n
      WHERE q.tenant_id = ? AND q.sku = ? AND q.location = ? AND q.released_at IS NULL""";

  private Quarantines() {}

  /// What was found of a level, by its names as they stand in its row.
  ///
  /// @param count that its row says
  public record Found(String sku, String location, StockCount count, String reason, Instant at) {}

  /// Adds two statements, about a level that is locked.
  public static void quarantine(RoundTrip trip, TenantId tenant, Found found) {
    trip.add(
        QUARANTINE_INSERT,
        tenant.value(),
        found.count.onHand(),
        found.count.reserved(),
        found.count.safetyStock(),
        found.count.version(),
        Transactions.micros(found.at),
        found.sku,
        found.location,
        found.reason);
    trip.add(LEVEL_QUARANTINE, tenant.value(), found.sku, found.location);
  }

  /// What ends a quarantine, if there is one: a correction.
  ///
  /// @param version that the level has by it
  public record Release(LevelKey level, long version, String actor, String reason) {}

  /// Adds two statements, whose counts [#released] takes.
  public static void release(RoundTrip trip, TenantId tenant, Instant now, Release release) {
    String sku = release.level.sku().value();
    String location = release.level.location().value();
    trip.add(LEVEL_RELEASE, tenant.value(), sku, location);
    trip.add(
        QUARANTINE_RELEASE,
        Transactions.micros(now),
        release.version,
        release.actor,
        release.reason,
        tenant.value(),
        sku,
        location);
  }

  /// Each has ended what there was: nothing, when the level was not quarantined; one and not the
  /// other, when somebody had changed its row by hand or had taken it away.
  public static void released(RoundTrip trip) throws SQLException {
    var _ = trip.count();
    var _ = trip.count();
  }
}
