package io.holdfast.stock.audit;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.verify.TallyCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/// Goes through what counts for customers.
final class TallyStage implements Stage {
  private final TallyCheck check;

  /// @param rows that a step looks at, about: a customer has several reservations
  TallyStage(TenantId tenant, int rows, Consumer<Difference> found) {
    this.check = new TallyCheck(tenant, Math.max(1, rows / 4), found);
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    return check.step(snapshot);
  }
}
