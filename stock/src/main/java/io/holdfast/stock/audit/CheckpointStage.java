package io.holdfast.stock.audit;

import io.holdfast.stock.CheckpointSchedule;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.checkpoint.CheckpointCheck;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Holds the ledger against all checkpoints.
final class CheckpointStage implements Stage {
  private final TenantId tenant;
  private final Set<PublicKey> trusted;
  private final Consumer<Difference> found;

  /// @param own whose keys may have signed; empty: any may have
  CheckpointStage(TenantId tenant, Optional<CheckpointSchedule> own, Consumer<Difference> found) {
    this.tenant = tenant;
    this.trusted = own.map(CheckpointSchedule::trusted).orElse(Set.of());
    this.found = found;
  }

  @Override
  public boolean step(Connection snapshot) throws SQLException {
    CheckpointCheck.differences(snapshot, tenant, trusted).forEach(found);
    return false;
  }
}
