package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// Holds reservations, those in the archive included, against the items that their lines name, and
/// against each other: each stands once.
public final class ReservationCheck implements PagedCheck {
  /// Each row of a page, how many there are, and what is not as it must be. A line without a
  /// location is of an untracked item, and has no movement that it could be held against. Rows of
  /// one reservation are in one page.
  public static final String RESERVATIONS_PAGE =
      """
      SELECT p.reservation_id, p.total, d.check_name, d.row_name, d.expected, d.found
      FROM (
          SELECT r.reservation_id, r.skus, r.locations, count(*) OVER () AS total,
              row_number() OVER (PARTITION BY r.reservation_id) AS nth
          FROM (
              SELECT v.reservation_id, v.skus, v.locations
              FROM (TABLE holdfast.reservations UNION ALL TABLE holdfast.archived_reservations) v
              WHERE v.tenant_id = ? AND v.reservation_id > ?::uuid
              ORDER BY v.reservation_id FETCH FIRST ? ROWS WITH TIES) r) p
      LEFT JOIN LATERAL (
          SELECT 'reservation names items' AS check_name,
              concat_ws(' ', p.reservation_id, line.sku) AS row_name,
              CASE WHEN line.location IS NULL THEN 'an untracked item' ELSE 'a tracked item' END
                  AS expected,
              CASE i.tracked WHEN true THEN 'a tracked item' WHEN false THEN 'an untracked item'
                  ELSE 'no item' END AS found
          FROM unnest(p.skus, p.locations) AS line (sku, location)
          LEFT JOIN LATERAL (
              SELECT n.tracked FROM holdfast.items n
              WHERE n.tenant_id = ? AND n.sku = line.sku
              OFFSET 0) i ON true
          WHERE i.tracked IS DISTINCT FROM (line.location IS NOT NULL)
          UNION ALL
          SELECT 'reservation stands once', p.reservation_id::text, 'in one place',
              'in the archive as well'
          WHERE p.nth = 2) d ON true
      ORDER BY p.reservation_id""";

  private static final int PAGE_ROWS = 5_000;

  private final TenantId tenant;
  private final int rows;
  private final Consumer<Difference> found;
  private String cursor = new UUID(0, 0).toString();

  /// @param rows that a step looks at, about
  public ReservationCheck(TenantId tenant, int rows, Consumer<Difference> found) {
    this.tenant = tenant;
    this.rows = rows;
    this.found = found;
  }

  static List<Difference> differences(Connection connection, TenantId tenant) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    PagedCheck.all(new ReservationCheck(tenant, PAGE_ROWS, differences::add), connection);
    return differences;
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    long total = 0;
    try (PreparedStatement statement = snapshot.prepareStatement(RESERVATIONS_PAGE)) {
      statement.setLong(1, tenant.value());
      statement.setString(2, cursor);
      statement.setInt(3, rows);
      statement.setLong(4, tenant.value());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          cursor = row.getString(1);
          total = row.getLong(2);
          take(row);
        }
      }
    }
    return total >= rows;
  }

  private void take(ResultSet row) throws SQLException {
    String check = row.getString(3);
    if (check != null) {
      found.accept(new Difference(check, row.getString(4), row.getString(5), row.getString(6)));
    }
  }
}
