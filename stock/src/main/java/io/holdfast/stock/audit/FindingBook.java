package io.holdfast.stock.audit;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Finding;
import io.holdfast.stock.Finding.Acknowledgement;
import io.holdfast.stock.QuarantinedLevel;
import io.holdfast.stock.Reason;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.StockFindings;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.TenantStanding;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The tables of findings and of quarantines, as a person sees them.
public final class FindingBook implements StockFindings {
  public static final String STANDING_OF_TENANT =
      """
      SELECT coalesce(a.levels, 0), (extract(epoch FROM a.completed_at) * 1000000)::bigint,
          (extract(epoch FROM a.full_completed_at) * 1000000)::bigint,
          (SELECT count(*) FROM holdfast.findings f
           WHERE f.tenant_id = t.tenant_id AND f.gone_at IS NULL AND f.acknowledged_at IS NULL),
          (SELECT count(*) FROM holdfast.quarantines q
           WHERE q.tenant_id = t.tenant_id AND q.released_at IS NULL)
      FROM (SELECT ?::bigint AS tenant_id) t
      LEFT JOIN holdfast.audits a ON a.tenant_id = t.tenant_id""";

  public static final String QUARANTINED_LIST =
      """
      SELECT sku, location, on_hand, reserved, version, safety_stock, reason,
          (extract(epoch FROM quarantined_at) * 1000000)::bigint
      FROM holdfast.quarantines
      WHERE tenant_id = ? AND released_at IS NULL
      ORDER BY sku, location LIMIT ?""";

  public static final String FINDINGS_LIST =
      """
      SELECT finding_id, check_name, row_name, expected, found,
          (extract(epoch FROM first_seen_at) * 1000000)::bigint,
          (extract(epoch FROM last_seen_at) * 1000000)::bigint,
          acknowledged_by, acknowledgement,
          (extract(epoch FROM acknowledged_at) * 1000000)::bigint
      FROM holdfast.findings
      WHERE tenant_id = ? AND finding_id > ? AND gone_at IS NULL
      ORDER BY finding_id LIMIT ?""";

  public static final String FINDING_ACKNOWLEDGE =
      """
      UPDATE holdfast.findings
      SET acknowledged_at = clock_timestamp(), acknowledged_by = ?, acknowledgement = ?
      WHERE tenant_id = ? AND finding_id = ? AND gone_at IS NULL
      RETURNING finding_id, check_name, row_name, expected, found,
          (extract(epoch FROM first_seen_at) * 1000000)::bigint,
          (extract(epoch FROM last_seen_at) * 1000000)::bigint,
          acknowledged_by, acknowledgement,
          (extract(epoch FROM acknowledged_at) * 1000000)::bigint""";

  @Override
  public TenantStanding standing(Connection transaction, TenantId tenant) throws SQLException {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(tenant, "tenant");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(STANDING_OF_TENANT, tenant.value());
      trip.send();
      try (ResultSet row = trip.rows()) {
        row.next();
        return new TenantStanding(
            row.getLong(1),
            Optional.ofNullable(Transactions.instantOrNull(row, 2)),
            Optional.ofNullable(Transactions.instantOrNull(row, 3)),
            row.getLong(4),
            row.getLong(5));
      }
    }
  }

  @Override
  public List<QuarantinedLevel> quarantined(Connection transaction, TenantId tenant, int atMost)
      throws SQLException {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(tenant, "tenant");
    List<QuarantinedLevel> levels = new ArrayList<>();
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(QUARANTINED_LIST, tenant.value(), atMost);
      trip.send();
      try (ResultSet row = trip.rows()) {
        while (row.next()) {
          levels.add(quarantined(row));
        }
      }
    }
    return levels;
  }

  private static QuarantinedLevel quarantined(ResultSet row) throws SQLException {
    StockCount found =
        new StockCount(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    return new QuarantinedLevel(
        row.getString(1),
        row.getString(2),
        found,
        row.getString(7),
        Transactions.instant(row.getLong(8)));
  }

  @Override
  public List<Finding> findings(Connection transaction, TenantId tenant, long after, int atMost)
      throws SQLException {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(tenant, "tenant");
    List<Finding> findings = new ArrayList<>();
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(FINDINGS_LIST, tenant.value(), after, atMost);
      trip.send();
      try (ResultSet row = trip.rows()) {
        while (row.next()) {
          findings.add(finding(row));
        }
      }
    }
    return findings;
  }

  @Override
  public Optional<Finding> acknowledge(
      Connection transaction, TenantId tenant, long finding, Actor by, Reason reason)
      throws SQLException {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(reason, "reason");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(FINDING_ACKNOWLEDGE, by.name(), reason.text(), tenant.value(), finding);
      trip.send();
      try (ResultSet row = trip.rows()) {
        return row.next() ? Optional.of(finding(row)) : Optional.empty();
      }
    }
  }

  private static Finding finding(ResultSet row) throws SQLException {
    String knownBy = row.getString(8);
    return new Finding(
        row.getLong(1),
        new Difference(row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
        Transactions.instant(row.getLong(6)),
        Transactions.instant(row.getLong(7)),
        knownBy == null
            ? Optional.empty()
            : Optional.of(
                new Acknowledgement(
                    knownBy, row.getString(9), Transactions.instant(row.getLong(10)))));
  }
}
