package io.holdfast.server.order;

import io.holdfast.server.series.Given;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/// The numbers that orders have.
@Singleton
public final class GivenNumbers implements Given {
  @Override
  public long largest(Connection transaction, TenantId tenant, String before, String after)
      throws SQLException {
    return Orders.largestCount(transaction, tenant, before, after);
  }
}
