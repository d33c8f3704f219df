package io.holdfast.stock.audit;

import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.RoundTrip;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Looks for movements whose level is not there, and walks them all the same. It goes from level to
/// level through the ledger, and reads one movement of each that has its row.
public final class LostLevelStage implements Stage {
  public static final String NAMES_PAGE =
      """
      WITH RECURSIVE names AS (
          (SELECT m.sku, m.location
              FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
              WHERE m.tenant_id = ? AND (m.sku, m.location) > (?, ?)
              ORDER BY m.sku, m.location LIMIT 1)
          UNION ALL
          SELECT n.sku, n.location
          FROM names p, LATERAL (
              SELECT m.sku, m.location
              FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) m
              WHERE m.tenant_id = ? AND (m.sku, m.location) > (p.sku, p.location)
              ORDER BY m.sku, m.location LIMIT 1) n)
      SELECT f.sku, f.location,
          (SELECT true FROM holdfast.stock_levels l
              WHERE l.tenant_id = ? AND l.sku = f.sku AND l.location = f.location)
      FROM (SELECT sku, location FROM names LIMIT ?) f""";

  private final TenantId tenant;
  private final int rows;
  private final LevelVisits visits;
  private LevelName cursor = LevelName.FIRST;
  private boolean isLastPage;

  LostLevelStage(LevelWalk walk, int rows) {
    this.tenant = walk.tenant();
    this.rows = rows;
    this.visits = new LevelVisits(walk.withoutTransfers());
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    if (visits.isEmpty()) {
      readPage(snapshot);
    }
    visits.walkSome(snapshot, rows);
    return !visits.isEmpty() || !isLastPage;
  }

  private void readPage(Connection snapshot) throws SQLException {
    int seen = 0;
    Long id = tenant.value();
    try (RoundTrip trip = new RoundTrip(snapshot)) {
      trip.add(NAMES_PAGE, id, cursor.sku(), cursor.location(), id, id, rows);
      trip.send();
      try (ResultSet row = trip.rows()) {
        while (row.next()) {
          seen++;
          cursor = new LevelName(row.getString(1), row.getString(2));
          if (!row.getBoolean(3)) {
            visits.add(cursor);
          }
        }
      }
    }
    isLastPage = seen < rows;
  }
}
