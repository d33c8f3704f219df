package io.holdfast.stock.audit;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.verify.LedgerCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/// Holds the levels that say that they are quarantined against the record of it, so that nobody
/// ends a quarantine by hand unseen.
final class QuarantineStage implements Stage {
  private final TenantId tenant;
  private final Consumer<Difference> found;

  QuarantineStage(TenantId tenant, Consumer<Difference> found) {
    this.tenant = tenant;
    this.found = found;
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    LedgerCheck.quarantines(snapshot, tenant).forEach(found);
    return false;
  }
}
