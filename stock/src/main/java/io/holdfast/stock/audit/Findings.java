package io.holdfast.stock.audit;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The table of findings, and those of one step that are on their way there.
public final class Findings {
  /// One that is found again stays as it is; one that is found to be another, or had been gone, is
  /// a new one: whoever said that it was known did not know this.
  public static final String FINDINGS_NOTE =
      """
      INSERT INTO holdfast.findings AS f
          (tenant_id, first_seen_at, last_seen_at, check_name, row_name, expected, found)
      SELECT ?, statement_timestamp(), statement_timestamp(), n.check_name, n.row_name, n.expected,
          n.found
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
          AS n (check_name, row_name, expected, found)
      ON CONFLICT (tenant_id, check_name, row_name) DO UPDATE
      SET last_seen_at = excluded.last_seen_at, gone_at = NULL,
          expected = excluded.expected, found = excluded.found,
          first_seen_at = CASE WHEN f.gone_at IS NULL AND f.found = excluded.found
              THEN f.first_seen_at ELSE excluded.first_seen_at END,
          acknowledged_at = CASE WHEN f.gone_at IS NULL AND f.found = excluded.found
              THEN f.acknowledged_at END,
          acknowledged_by = CASE WHEN f.gone_at IS NULL AND f.found = excluded.found
              THEN f.acknowledged_by END,
          acknowledgement = CASE WHEN f.gone_at IS NULL AND f.found = excluded.found
              THEN f.acknowledgement END
      RETURNING check_name, row_name, expected, found, first_seen_at = last_seen_at""";

  /// A round that recomputed everything and did not see them.
  public static final String FINDINGS_GONE =
      """
      UPDATE holdfast.findings
      SET gone_at = clock_timestamp()
      WHERE tenant_id = ? AND gone_at IS NULL
          AND last_seen_at < timestamptz 'epoch' + ? * interval '1 microsecond'""";

  /// PostgreSQL indexes no text that is much longer, and nobody reads it.
  private static final int MAX_LENGTH = 300;

  private final Map<Difference, Difference> waiting = new LinkedHashMap<>();

  void add(Difference difference) {
    Difference cut =
        new Difference(
            cut(difference.check()),
            cut(difference.row()),
            cut(difference.expected()),
            cut(difference.found()));
    waiting.putIfAbsent(new Difference(cut.check(), cut.row(), "", ""), cut);
  }

  private static String cut(String text) {
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
  }

  /// Writes what was found, and answers what was not known before.
  List<Difference> note(Connection transaction, TenantId tenant) throws SQLException {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Difference> rows = List.copyOf(waiting.values());
    waiting.clear();
    List<Difference> news = new ArrayList<>();
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(
          FINDINGS_NOTE,
          tenant.value(),
          rows.stream().map(Difference::check).toArray(String[]::new),
          rows.stream().map(Difference::row).toArray(String[]::new),
          rows.stream().map(Difference::expected).toArray(String[]::new),
          rows.stream().map(Difference::found).toArray(String[]::new));
      trip.send();
      try (ResultSet row = trip.rows()) {
        while (row.next()) {
          if (row.getBoolean(5)) {
            news.add(
                new Difference(
                    row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
          }
        }
      }
    }
    return news;
  }

  /// Notes that what was last seen before this instant is no longer so.
  static void forget(Connection transaction, TenantId tenant, Instant before) throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(FINDINGS_GONE, tenant.value(), Transactions.micros(before));
      trip.send();
    }
  }
}
