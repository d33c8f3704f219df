package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares two sides of what a tenant's tables claim, by a query that names the tenant for each
/// table and answers what differs: which row, what it should be, what it is.
record Comparison(String check, String query) {
  List<Difference> differences(Connection connection, TenantId tenant) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      int tables = statement.getParameterMetaData().getParameterCount();
      for (int i = 1; i <= tables; i++) {
        statement.setLong(i, tenant.value());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          differences.add(
              new Difference(
                  check, rows.getString(1), said(rows.getString(2)), said(rows.getString(3))));
        }
      }
    }
    return differences;
  }

  private static String said(@Nullable String value) {
    return value == null ? "none" : value;
  }
}
