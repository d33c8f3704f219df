package io.holdfast.server.http;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Every column of every row of every table as text, bytes in hexadecimal digits.
final class DatabaseText {
  private static final String TABLES =
      """
      SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
      """;

  private static final int ROWS_AT_ONCE = 5_000;

  private final Connection superuser;

  /// @param superuser in a transaction
  DatabaseText(Connection superuser) {
    this.superuser = superuser;
  }

  /// Gives each row with the name of its table.
  ///
  /// @return how many tables there are
  int read(BiConsumer<String, String> each) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = superuser.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    for (String table : tables) {
      try (Statement statement = superuser.createStatement()) {
        statement.setFetchSize(ROWS_AT_ONCE);
        try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " AS t")) {
          while (rows.next()) {
            each.accept(table, rows.getString(1));
          }
        }
      }
    }
    return tables.size();
  }
}
