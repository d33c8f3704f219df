package io.holdfast.stock;

import io.holdfast.stock.store.SnapshotReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/// Reads for people and pages, each in one snapshot of the primary. Nothing may be decided by them:
/// what they say may be outdated when it is read. Blocking, but never for longer than the pool and
/// the statement timeout let it; failures are [StockFailure]s.
public interface StockReader {
  /// How long the database may take for a read where nobody says otherwise.
  Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  /// Reads with the usual timeout.
  static StockReader of(DataSource database) {
    return of(database, DEFAULT_TIMEOUT);
  }

  /// @param statementTimeout how long the database may take for a read
  static StockReader of(DataSource database, Duration statementTimeout) {
    Objects.requireNonNull(database, "database");
    return new SnapshotReader(database, Limits.checked("statementTimeout", statementTimeout));
  }

  /// The item and all its levels, by location; empty if the tenant has no such item.
  Optional<ItemView> item(TenantId tenant, Sku sku);

  /// The item's stock as it stood at an instant: of each level the balances after its newest
  /// movement at or before it. Takes as long for a level of a million movements as for one of ten.
  ///
  /// What was on its way at the instant, decided but not yet committed, is not seen; so what is
  /// said of the last seconds may be more when it is asked again. A movement carries the database's
  /// clock, read after the state that it changes, so a level's movements stand in the order of
  /// time, unless that clock is stepped back: then its hours come twice. For an instant among them
  /// the answer is a state that the level had at one of the moments of that name, and each time the
  /// same one; outside of them nothing is touched.
  Optional<ItemAsOf> itemAsOf(TenantId tenant, Sku sku, Instant instant);

  /// One page of a level's movements: why its balances are what they are.
  LevelHistory movements(TenantId tenant, Sku sku, LocationId location, MovementPaging paging);

  /// The reservation or purchase of that id; empty if the tenant has none.
  Optional<ReservationView> reservation(TenantId tenant, ReservationId reservation);

  /// One page of a tenant's reservations and purchases, newest first. What is in the archive is
  /// found by its id alone, and not here.
  List<ReservationView> reservations(TenantId tenant, ReservationPaging paging);
}
