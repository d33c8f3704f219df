package io.holdfast.server.start;

import io.holdfast.stock.Control;
import io.holdfast.stock.UnprotectedLedger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The mark that a database was made to be thrown away, without which nothing unprotected runs on
/// it. Only a new database gets one.
final class ThrowawayMark {
  static final String MARK_SET =
      """
      COMMENT ON SCHEMA holdfast IS 'throwaway'
      """;

  static final String MARK_READ =
      """
      SELECT obj_description('holdfast'::regnamespace, 'pg_namespace') = 'throwaway'
      """;

  private ThrowawayMark() {}

  static void apply(Database database, ServeOptions options, boolean isNew) throws SQLException {
    if (!options.isThrowaway()) {
      return;
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      if (isNew) {
        statement.execute(MARK_SET);
      }
      if (options.isChosen(Control.UNPROTECTED) && !isMarked(statement)) {
        throw new StartFault(
            ExitCode.USAGE,
            "--control unprotected runs only on data that was made with --throwaway");
      }
      if (options.isChosen(Control.UNPROTECTED)) {
        UnprotectedLedger.prepare(connection);
      }
    }
  }

  private static boolean isMarked(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(MARK_READ)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
