package io.holdfast.stock;

import io.holdfast.stock.store.SnapshotReader;
import java.util.Optional;
import javax.sql.DataSource;

/// Reads for people and pages, each in one snapshot of the primary. Nothing may be decided by them:
/// what they say may be outdated when it is read. Blocking; failures are [StockFailure]s.
public interface StockReader {
  static StockReader of(DataSource database) {
    return new SnapshotReader(database);
  }

  Optional<ItemView> item(TenantId tenant, Sku sku);

  Optional<ReservationView> reservation(TenantId tenant, ReservationId reservation);
}
