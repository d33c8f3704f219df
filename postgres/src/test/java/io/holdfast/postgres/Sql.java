package io.holdfast.postgres;

import io.holdfast.postgres.process.Connector;
import java.sql.SQLException;

/// Statements on a connection of their own.
final class Sql {
  private Sql() {}

  static void run(String url, String... statements) throws SQLException {
    try (var connection = Connector.connect(url);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String value(String url, String query) throws SQLException {
    try (var connection = Connector.connect(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
