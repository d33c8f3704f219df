package io.holdfast.stock.audit;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.MovementKind;
import io.holdfast.stock.store.Transactions;
import io.holdfast.stock.verify.LedgerCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// What left each location of an item for another one, against what came there, while the item's
/// levels are walked one after the other.
///
/// Each is walked in snapshots of its own, so only what was recorded before the round began is
/// counted. What was on its way to its COMMIT at that moment may look like a difference all the
/// same: an item whose sums differ is looked at once more, in one snapshot.
final class TransferSums {
  private final TenantId tenant;
  private final long beforeMicros;
  private final Consumer<Difference> found;
  private final Map<Way, Long> sums = new HashMap<>();
  private String sku = "";

  private record Way(String from, String to) {}

  /// @param before when the round began
  TransferSums(TenantId tenant, Instant before, Consumer<Difference> found) {
    this.tenant = tenant;
    this.beforeMicros = Transactions.micros(before);
    this.found = found;
  }

  /// Where not all movements of an item are seen.
  static TransferSums ofNothing(TenantId tenant) {
    return new TransferSums(tenant, Instant.EPOCH, _ -> {});
  }

  /// A level is walked from here on. The levels of an item come one after the other.
  void begin(Connection snapshot, LevelName level) throws SQLException {
    if (!level.sku().equals(sku)) {
      end(snapshot);
      sku = level.sku();
    }
  }

  /// @param row columns as [LedgerCheck#LEDGER_READ] lists them
  void take(LevelName level, ResultSet row) throws SQLException {
    if (MovementKind.TRANSFER.code().equals(row.getString(10)) && row.getLong(8) < beforeMicros) {
      long change = row.getLong(4);
      String other = String.valueOf(row.getString(14));
      Way way = change < 0 ? new Way(level.location(), other) : new Way(other, level.location());
      sums.merge(way, change, Long::sum);
    }
  }

  /// All levels of the item were walked.
  void end(Connection snapshot) throws SQLException {
    boolean isEven = sums.values().stream().allMatch(sum -> sum == 0);
    sums.clear();
    if (!isEven) {
      LedgerCheck.transfers(snapshot, tenant, sku).forEach(found);
    }
  }
}
