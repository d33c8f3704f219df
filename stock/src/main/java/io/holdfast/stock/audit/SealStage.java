package io.holdfast.stock.audit;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.verify.SealCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Goes through all rows that carry a seal, table after table.
final class SealStage implements Stage {
  private final TenantId tenant;
  private final int rows;
  private final Consumer<Difference> found;
  private final Deque<SealCheck> left = new ArrayDeque<>(SealCheck.ofAllTables());

  SealStage(TenantId tenant, int rows, Consumer<Difference> found) {
    this.tenant = tenant;
    this.rows = rows;
    this.found = found;
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    if (!left.getFirst().step(snapshot, tenant, rows, found)) {
      left.removeFirst();
    }
    return !left.isEmpty();
  }
}
