package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Holds levels against the items and locations that they name.
public final class LevelNameCheck implements PagedCheck {
  /// Each level of a page, and what it names where that is not what it must be.
  public static final String LEVELS_PAGE =
      """
      SELECT l.sku, l.location,
          CASE WHEN i.tracked IS NOT TRUE OR o.is_known IS NULL THEN concat_ws(' and ',
              CASE i.tracked WHEN true THEN 'a tracked item' WHEN false THEN 'an untracked item'
                  ELSE 'no item' END,
              CASE WHEN o.is_known IS NULL THEN 'no location' ELSE 'a location' END) END
      FROM (
          SELECT s.sku, s.location
          FROM holdfast.stock_levels s
          WHERE s.tenant_id = ? AND (s.sku, s.location) > (?, ?)
          ORDER BY s.sku, s.location LIMIT ?) l
      LEFT JOIN LATERAL (
          SELECT n.tracked FROM holdfast.items n
          WHERE n.tenant_id = ? AND n.sku = l.sku
          OFFSET 0) i ON true
      LEFT JOIN LATERAL (
          SELECT true AS is_known FROM holdfast.locations p
          WHERE p.tenant_id = ? AND p.location = l.location
          OFFSET 0) o ON true
      ORDER BY l.sku, l.location""";

  private static final int PAGE_ROWS = 5_000;

  private final TenantId tenant;
  private final int rows;
  private final Consumer<Difference> found;
  private String sku = "";
  private String location = "";

  /// @param rows that a step looks at
  public LevelNameCheck(TenantId tenant, int rows, Consumer<Difference> found) {
    this.tenant = tenant;
    this.rows = rows;
    this.found = found;
  }

  static List<Difference> differences(Connection connection, TenantId tenant) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    PagedCheck.all(new LevelNameCheck(tenant, PAGE_ROWS, differences::add), connection);
    return differences;
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    int seen = 0;
    try (PreparedStatement statement = snapshot.prepareStatement(LEVELS_PAGE)) {
      statement.setLong(1, tenant.value());
      statement.setString(2, sku);
      statement.setString(3, location);
      statement.setInt(4, rows);
      statement.setLong(5, tenant.value());
      statement.setLong(6, tenant.value());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          seen++;
          take(row);
        }
      }
    }
    return seen == rows;
  }

  private void take(ResultSet row) throws SQLException {
    sku = row.getString(1);
    location = row.getString(2);
    String names = row.getString(3);
    if (names != null) {
      found.accept(
          new Difference(
              "level names an item and a location",
              sku + "/" + location,
              "a tracked item and a location",
              names));
    }
  }
}
