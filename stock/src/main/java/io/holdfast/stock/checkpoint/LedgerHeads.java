package io.holdfast.stock.checkpoint;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.RoundTrip;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds heads against the movements of that position in the ledger. The chain makes a movement's
/// hash one of all before it, so this is all that has to be looked at.
public final class LedgerHeads {
  public static final String HASHES_FIND =
      """
      SELECT k.ordinal, m.hash
      FROM unnest(?::text[], ?::text[], ?::bigint[]) WITH ORDINALITY
          AS k (sku, location, position, ordinal)
      LEFT JOIN LATERAL (
          SELECT n.hash
          FROM (TABLE holdfast.movements UNION ALL TABLE holdfast.archived_movements) n
          WHERE n.tenant_id = ? AND n.sku = k.sku AND n.location = k.location
              AND n.position = k.position
          OFFSET 0) m ON true""";

  private static final int AT_ONCE = 1_000;

  private final Connection transaction;
  private final TenantId tenant;
  private final List<Difference> differences = new ArrayList<>();
  private final List<Head> waiting = new ArrayList<>(AT_ONCE);

  LedgerHeads(Connection transaction, TenantId tenant) {
    this.transaction = transaction;
    this.tenant = tenant;
  }

  void hold(Head head) throws SQLException {
    waiting.add(head);
    if (waiting.size() == AT_ONCE) {
      holdWaiting();
    }
  }

  /// Where the ledger has another movement, or none.
  List<Difference> differences() throws SQLException {
    holdWaiting();
    return differences;
  }

  private void holdWaiting() throws SQLException {
    if (waiting.isEmpty()) {
      return;
    }
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(
          HASHES_FIND,
          waiting.stream().map(Head::sku).toArray(String[]::new),
          waiting.stream().map(Head::location).toArray(String[]::new),
          waiting.stream().map(Head::position).toArray(Long[]::new),
          tenant.value());
      trip.send();
      try (ResultSet rows = trip.rows()) {
        while (rows.next()) {
          compare(waiting.get(rows.getInt(1) - 1), rows.getBytes(2));
        }
      }
    }
    waiting.clear();
  }

  private void compare(Head head, byte @Nullable [] found) {
    if (!Arrays.equals(head.hash(), found)) {
      differences.add(difference(head, found));
    }
  }

  static Difference difference(Head head, byte @Nullable [] found) {
    HexFormat hex = HexFormat.of();
    return new Difference(
        "ledger has what a checkpoint states",
        head.sku() + "/" + head.location() + " position " + head.position(),
        hex.formatHex(head.hash()),
        found == null ? "none" : hex.formatHex(found));
  }
}
