package io.holdfast.proof.rows;

import java.sql.Connection;
import java.sql.SQLException;

/// A connection that sees the rows of one tenant.
public record TenantSession(Connection connection, long tenantId) implements AutoCloseable {

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
