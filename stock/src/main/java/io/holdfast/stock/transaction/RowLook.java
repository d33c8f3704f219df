package io.holdfast.stock.transaction;

import io.holdfast.stock.Customer;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.store.Borrowed;
import io.holdfast.stock.store.FoundReservations;
import io.holdfast.stock.store.LevelRange;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.Tallies;
import io.holdfast.stock.store.TransactionLimits;
import io.holdfast.stock.store.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/// Looks whether rows that somebody outside held are still held, each time in a transaction that
/// does nothing else and keeps no lock.
public final class RowLook {
  private final DataSource database;
  private final Duration statementTimeout;
  private final Duration idleTimeout;

  public RowLook(DataSource database, EngineSettings settings) {
    this.database = database;
    this.statementTimeout = settings.statementTimeout();
    this.idleTimeout = settings.idleTimeout();
  }

  /// Those of one tenant's `rows` that nobody holds at this moment. Waits for none.
  public Set<HeldRow> free(TenantId tenant, Collection<HeldRow> rows) throws SQLException {
    Set<HeldRow> free = new HashSet<>(rows);
    free.removeAll(held(tenant, rows, Locking.SKIP_HELD, statementTimeout));
    return free;
  }

  /// Waits in the row's own queue until nobody holds it; false when that did not come about within
  /// `timeout`.
  public boolean awaitFree(TenantId tenant, HeldRow row, Duration timeout) throws SQLException {
    try {
      return held(tenant, List.of(row), Locking.WAIT, timeout).isEmpty();
    } catch (SQLException e) {
      if (SqlFault.of(e) == SqlFault.ROW_HELD) {
        return false;
      }
      throw e;
    }
  }

  private List<HeldRow> held(
      TenantId tenant, Collection<HeldRow> rows, Locking locking, Duration lockTimeout)
      throws SQLException {
    Wanted wanted = Wanted.of(rows);
    Duration whole = lockTimeout.plus(statementTimeout);
    TransactionLimits limits = new TransactionLimits(lockTimeout, whole, idleTimeout, whole);
    try (Borrowed borrowed = Borrowed.from(database);
        RoundTrip trip = new RoundTrip(borrowed.connection())) {
      Transactions.begin(trip, tenant, limits);
      wanted.load(trip, tenant, locking);
      trip.send();
      Transactions.id(trip);
      return wanted.held(trip);
    }
  }

  /// The rows to look at, by table, each in lock order.
  private record Wanted(
      List<ReservationId> reservations, List<Customer> tallies, List<LevelRange> levels) {

    static Wanted of(Collection<HeldRow> rows) {
      Set<ReservationId> reservations = new TreeSet<>();
      Set<Customer> tallies = new TreeSet<>();
      Set<LevelRange> levels = new TreeSet<>();
      for (HeldRow row : rows) {
        switch (row) {
          case HeldRow.OfReservation(ReservationId id) -> reservations.add(id);
          case HeldRow.OfTally(Customer customer) -> tallies.add(customer);
          case HeldRow.OfLevel(LevelKey key) -> levels.add(LevelRange.of(key));
        }
      }
      return new Wanted(List.copyOf(reservations), List.copyOf(tallies), List.copyOf(levels));
    }

    void load(RoundTrip trip, TenantId tenant, Locking locking) {
      if (!reservations.isEmpty()) {
        FoundReservations.load(trip, tenant, reservations, locking);
      }
      if (!tallies.isEmpty()) {
        Tallies.load(trip, tenant, tallies, locking);
      }
      if (!levels.isEmpty()) {
        StockLevels.load(trip, tenant, levels, locking);
      }
    }

    List<HeldRow> held(RoundTrip trip) throws SQLException {
      List<HeldRow> held = new ArrayList<>();
      if (!reservations.isEmpty()) {
        FoundReservations.loaded(trip).stream()
            .filter(FoundReservations.Loaded::held)
            .map(loaded -> new HeldRow.OfReservation(loaded.id()))
            .forEach(held::add);
      }
      if (!tallies.isEmpty()) {
        Tallies.loaded(trip).stream()
            .filter(loaded -> loaded.tally() == null)
            .map(loaded -> new HeldRow.OfTally(loaded.customer()))
            .forEach(held::add);
      }
      if (!levels.isEmpty()) {
        StockLevels.loaded(trip, levels).stream()
            .filter(StockLevels.Loaded::held)
            .map(StockLevels.Loaded::key)
            .filter(Objects::nonNull)
            .map(HeldRow.OfLevel::new)
            .forEach(held::add);
      }
      return held;
    }
  }
}
