package io.holdfast.proof.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Whether the database itself still says no: its CHECK constraints, and its ledger.
final class Guards {

  private static final List<String> CHECKS =
      List.of(
          "stock_levels_never_oversold",
          "stock_levels_on_hand_not_negative",
          "stock_levels_reserved_not_negative");

  private static final String CONSTRAINT_NAMES =
      """
      SELECT conname FROM pg_constraint
      WHERE connamespace = 'holdfast'::regnamespace AND contype = 'c' AND convalidated
        AND pg_get_constraintdef(oid) NOT LIKE '%NOT ENFORCED%'
      """;

  private static final List<String> CHANGES =
      List.of(
          "UPDATE holdfast.movements SET reason = reason WHERE position = 1",
          "DELETE FROM holdfast.movements WHERE position = 1");

  /// How PostgreSQL says that a rule or a missing right forbids it.
  private static final Set<String> FORBIDDEN = Set.of("23001", "42501");

  private Guards() {}

  static List<String> missing(TenantSession session) throws SQLException {
    Connection connection = session.connection();
    connection.setAutoCommit(false);
    connection.setReadOnly(false);
    try {
      List<String> missing = new ArrayList<>(constraints(connection));
      for (String change : CHANGES) {
        if (!isForbidden(connection, change)) {
          missing.add("ledger: let through, and rolled back by us: " + change);
        }
      }
      if (mayBecomeApplication(connection)) {
        for (String change : CHANGES) {
          if (!isForbidden(connection, change)) {
            missing.add("ledger: the application's role may " + change);
          }
        }
      }
      return missing;
    } finally {
      connection.rollback();
    }
  }

  private static List<String> constraints(Connection connection) throws SQLException {
    List<String> missing = new ArrayList<>(CHECKS);
    try (PreparedStatement find = connection.prepareStatement(CONSTRAINT_NAMES);
        ResultSet row = find.executeQuery()) {
      while (row.next()) {
        missing.remove(row.getString(1));
      }
    }
    return missing.stream().map(name -> "constraint missing: " + name).toList();
  }

  private static boolean mayBecomeApplication(Connection connection) throws SQLException {
    return !isForbidden(connection, "SET LOCAL ROLE holdfast_app");
  }

  private static boolean isForbidden(Connection connection, String sql) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return false;
    } catch (SQLException refused) {
      connection.rollback(before);
      if (FORBIDDEN.contains(refused.getSQLState())) {
        return true;
      }
      throw refused;
    }
  }
}
