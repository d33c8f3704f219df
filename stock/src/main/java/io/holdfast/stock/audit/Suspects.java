package io.holdfast.stock.audit;

import io.holdfast.stock.AuditSettings;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Quarantines;
import io.holdfast.stock.store.Reckonings;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.TransactionLimits;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Levels that did not look right. Each is looked at once more with its row locked, so that nobody
/// writes meanwhile, and is quarantined if it is not right then either.
public final class Suspects {
  public static final String LEVEL_LOCK =
      """
      SELECT on_hand, reserved, version, safety_stock, chain_hash, quarantined_at IS NOT NULL
      FROM holdfast.stock_levels
      WHERE tenant_id = ? AND sku = ? AND location = ?
      FOR UPDATE""";

  private final TransactionLimits limits;
  private final TenantId tenant;

  Suspects(AuditSettings settings, TenantId tenant) {
    this.limits =
        new TransactionLimits(
            settings.lockTimeout(),
            settings.statementTimeout(),
            settings.statementTimeout(),
            settings.statementTimeout());
    this.tenant = tenant;
  }

  /// What a level's row says.
  private record Row(StockCount count, byte[] chainHash, boolean isQuarantined) {}

  /// What came of it.
  sealed interface Verdict {
    /// It is as it must be, or was quarantined before.
    record Nothing() implements Verdict {}

    record Quarantined(String reason) implements Verdict {}

    /// There is something wrong with it, and no row that could be quarantined.
    record Found(Difference difference) implements Verdict {}
  }

  /// In a transaction of its own.
  Verdict look(Connection connection, LevelName level) throws SQLException {
    Optional<Row> row = lock(connection, level);
    Optional<Reckonings.Found> reckoning;
    Instant now;
    try (RoundTrip trip = new RoundTrip(connection)) {
      Reckonings.read(trip, tenant, level.sku(), level.location());
      trip.add(Transactions.CLOCK_READ);
      trip.send();
      reckoning = Reckonings.found(trip);
      now = Transactions.clock(trip);
    }
    if (row.isEmpty()) {
      return new Verdict.Found(lost(level, reckoning));
    }
    List<String> objections = objections(row.get(), reckoning);
    if (objections.isEmpty() || row.get().isQuarantined) {
      return new Verdict.Nothing();
    }
    String reason = String.join("; ", objections);
    quarantine(
        connection,
        new Quarantines.Found(level.sku(), level.location(), row.get().count, reason, now));
    return new Verdict.Quarantined(reason);
  }

  private Optional<Row> lock(Connection connection, LevelName level) throws SQLException {
    try (RoundTrip trip = new RoundTrip(connection)) {
      Transactions.begin(trip, tenant, limits);
      trip.add(LEVEL_LOCK, tenant.value(), level.sku(), level.location());
      trip.send();
      trip.rows().close();
      try (ResultSet row = trip.rows()) {
        return row.next()
            ? Optional.of(
                new Row(
                    new StockCount(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                    row.getBytes(5),
                    row.getBoolean(6)))
            : Optional.empty();
      }
    }
  }

  private static List<String> objections(Row row, Optional<Reckonings.Found> reckoning) {
    if (reckoning.isEmpty()) {
      return List.of("the ledger knows nothing of it");
    }
    Reckonings.Found found = reckoning.get();
    List<String> objections = new ArrayList<>(found.reckoning().objections(row.count));
    if (!Arrays.equals(row.chainHash, found.hash())) {
      objections.add("chain_hash is not that of its newest movement");
    }
    return objections;
  }

  private static Difference lost(LevelName level, Optional<Reckonings.Found> reckoning) {
    String expected =
        reckoning
            .map(found -> "a level at version " + found.reckoning().ledger().version())
            .orElse("no reservation of it, since nothing was ever received");
    return new Difference("level is there", level.toString(), expected, "no level");
  }

  private void quarantine(Connection connection, Quarantines.Found found) throws SQLException {
    try (RoundTrip trip = new RoundTrip(connection)) {
      Quarantines.quarantine(trip, tenant, found);
      trip.send();
    }
    connection.commit();
  }
}
