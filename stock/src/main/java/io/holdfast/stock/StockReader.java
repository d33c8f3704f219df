package io.holdfast.stock;

import io.holdfast.stock.store.SnapshotReader;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/// Reads for people and pages, each in one snapshot of the primary. Nothing may be decided by them:
/// what they say may be outdated when it is read. Blocking, but never for longer than the pool and
/// the statement timeout let it; failures are [StockFailure]s.
public interface StockReader {
  Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  static StockReader of(DataSource database) {
    return of(database, DEFAULT_TIMEOUT);
  }

  /// @param statementTimeout how long the database may take for a read
  static StockReader of(DataSource database, Duration statementTimeout) {
    Limits.check("statementTimeout", statementTimeout);
    return new SnapshotReader(database, statementTimeout);
  }

  Optional<ItemView> item(TenantId tenant, Sku sku);

  Optional<ReservationView> reservation(TenantId tenant, ReservationId reservation);
}
