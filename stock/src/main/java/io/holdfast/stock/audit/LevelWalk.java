package io.holdfast.stock.audit;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.util.function.Consumer;

/// How a tenant's levels are walked in one round.
///
/// @param isFull whether from their first movements on, and not from where the last round came to
/// @param suspects told of each level that is not what its ledger says
/// @param transfers told of each movement
record LevelWalk(
    TenantId tenant,
    boolean isFull,
    Consumer<Difference> found,
    Consumer<LevelName> suspects,
    TransferSums transfers) {

  /// For levels that are not all there are of an item.
  LevelWalk withoutTransfers() {
    return new LevelWalk(tenant, isFull, found, suspects, TransferSums.ofNothing(tenant));
  }
}
