package io.holdfast.stock;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/// Takes the ledger's unique positions away, on a database that is to be thrown away.
///
/// They are a third belt: two transactions that both write a level's next movement can't both
/// commit. [Control#UNPROTECTED] would be turned into an optimistic control by them, and its bug
/// would show as a failure instead of a sold-twice ticket.
public final class UnprotectedLedger {
  private static final String POSITIONS_DROP =
      "ALTER TABLE holdfast.movements DROP CONSTRAINT IF EXISTS movements_pk";

  private UnprotectedLedger() {}

  /// @param owner a connection of the schema's owner
  public static void prepare(Connection owner) throws SQLException {
    Objects.requireNonNull(owner, "owner");
    try (Statement statement = owner.createStatement()) {
      statement.execute(POSITIONS_DROP);
    }
  }
}
