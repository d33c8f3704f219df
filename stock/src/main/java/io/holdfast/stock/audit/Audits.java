package io.holdfast.stock.audit;

import io.holdfast.stock.AuditStanding;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.TenantIds;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The table of who audits which tenant. Whoever holds a tenant says so again and again; a holder
/// who is no longer heard of has lost it after [#HOLD].
public final class Audits {
  public static final String TENANTS_FIND = "SELECT tenant_id FROM holdfast.audited_tenants()";

  public static final String TENANT_TAKE =
      """
      INSERT INTO holdfast.audits AS a (tenant_id, holder, held_until)
      VALUES (?, ?, clock_timestamp() + ? * interval '1 millisecond')
      ON CONFLICT (tenant_id) DO UPDATE
      SET holder = excluded.holder, held_until = excluded.held_until
      WHERE a.held_until <= clock_timestamp()
          AND coalesce(a.completed_at, '-infinity')
              <= clock_timestamp() - ? * interval '1 millisecond'
      RETURNING coalesce(full_completed_at, '-infinity')
          <= clock_timestamp() - ? * interval '1 millisecond'""";

  public static final String TENANT_KEEP =
      """
      UPDATE holdfast.audits
      SET held_until = clock_timestamp() + ? * interval '1 millisecond'
      WHERE tenant_id = ? AND holder = ?""";

  public static final String TENANT_COMPLETE =
      """
      UPDATE holdfast.audits
      SET held_until = clock_timestamp(), completed_at = clock_timestamp(), levels = ?,
          full_completed_at = CASE WHEN ?::boolean THEN clock_timestamp()
              ELSE full_completed_at END
      WHERE tenant_id = ? AND holder = ?""";

  public static final String STANDING_READ =
      """
      SELECT tenants, levels, (extract(epoch FROM oldest_completed_at) * 1000000)::bigint,
          findings, quarantined
      FROM holdfast.audit_standing()""";

  public static final String CHECKPOINT_DUE =
      """
      SELECT NOT EXISTS (
          SELECT FROM holdfast.checkpoints
          WHERE tenant_id = ? AND made_at > clock_timestamp() - ? * interval '1 millisecond')""";

  /// Longer than a step takes, as a rule. Who loses a tenant all the same has worked for nothing.
  static final Duration HOLD = Duration.ofMinutes(2);

  private Audits() {}

  /// All tenants that there are.
  static List<TenantId> tenants(Connection transaction) throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(TENANTS_FIND);
      trip.send();
      return TenantIds.read(trip);
    }
  }

  /// Takes a tenant, if it is its turn and nobody else has it. Answers whether everything is to be
  /// recomputed.
  static Optional<Boolean> take(
      Connection transaction, TenantId tenant, UUID holder, Duration interval, Duration full)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(
          TENANT_TAKE,
          tenant.value(),
          holder,
          HOLD.toMillis(),
          interval.toMillis(),
          full.toMillis());
      trip.send();
      try (ResultSet rows = trip.rows()) {
        return rows.next() ? Optional.of(rows.getBoolean(1)) : Optional.empty();
      }
    }
  }

  /// Keeps it for so long from now on. Answers false when somebody else has it by now.
  static boolean keep(Connection transaction, TenantId tenant, UUID holder, Duration hold)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(TENANT_KEEP, hold.toMillis(), tenant.value(), holder);
      trip.send();
      return trip.count() == 1;
    }
  }

  /// What all audits have come to.
  static AuditStanding standing(Connection transaction) throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(STANDING_READ);
      trip.send();
      try (ResultSet row = trip.rows()) {
        row.next();
        Optional<Instant> oldestAt = Optional.ofNullable(Transactions.instantOrNull(row, 3));
        return new AuditStanding(
            row.getLong(1), row.getLong(2), oldestAt, row.getLong(4), row.getLong(5));
      }
    }
  }

  /// Whether the tenant's last checkpoint is that long ago.
  static boolean isCheckpointDue(Connection transaction, TenantId tenant, Duration interval)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(CHECKPOINT_DUE, tenant.value(), interval.toMillis());
      trip.send();
      try (ResultSet row = trip.rows()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  static void complete(
      Connection transaction, TenantId tenant, UUID holder, long levels, boolean isFull)
      throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(TENANT_COMPLETE, levels, Boolean.toString(isFull), tenant.value(), holder);
      trip.send();
    }
  }
}
