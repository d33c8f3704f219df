package io.holdfast.stock.store;

import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What the database's functions that look across tenants give out: ids, and nothing else.
public final class TenantIds {
  private TenantIds() {}

  /// The rows of the next statement, which have one column.
  public static List<TenantId> read(RoundTrip trip) throws SQLException {
    List<TenantId> tenants = new ArrayList<>();
    try (ResultSet rows = trip.rows()) {
      while (rows.next()) {
        tenants.add(new TenantId(rows.getLong(1)));
      }
    }
    return tenants;
  }
}
