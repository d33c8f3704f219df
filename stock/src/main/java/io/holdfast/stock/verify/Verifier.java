package io.holdfast.stock.verify;

import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// All checks of one tenant in one snapshot, so that sales may go on meanwhile.
public final class Verifier implements StockVerifier {
  @Override
  public List<Difference> verifySchema(Connection connection) throws SQLException {
    return SchemaCheck.ofStock(connection);
  }

  @Override
  public List<Difference> verifySchema(Connection connection, String description)
      throws SQLException {
    return SchemaCheck.differences(connection, description);
  }

  @Override
  public String describeSchema(Connection connection) throws SQLException {
    return SchemaCheck.describe(connection);
  }

  @Override
  public List<Difference> verifyTenant(Connection connection, TenantId tenant) throws SQLException {
    connection.setAutoCommit(false);
    int isolation = connection.getTransactionIsolation();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try {
      Transactions.setTenant(connection, tenant);
      List<Difference> differences = new ArrayList<>();
      differences.addAll(LedgerCheck.differences(connection, tenant));
      differences.addAll(ReservedCheck.differences(connection, tenant));
      return differences;
    } finally {
      connection.rollback();
      connection.setTransactionIsolation(isolation);
    }
  }
}
