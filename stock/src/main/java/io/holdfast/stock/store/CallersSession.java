package io.holdfast.stock.store;

import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// What a caller's session is set to, to be handed back, and the savepoint in the caller's
/// transaction behind which nothing of the engine's remains.
///
/// To go back to a savepoint also takes back what was set since; to release it does not.
///
/// @param tenantId empty when none is set
public record CallersSession(
    String isolation,
    String tenantId,
    String lockTimeout,
    String statementTimeout,
    String planCacheMode,
    String seqScan) {
  public static final String SAVEPOINT_SET = "SAVEPOINT holdfast_joined";

  public static final String SAVEPOINT_GO_BACK = "ROLLBACK TO SAVEPOINT holdfast_joined";

  public static final String SAVEPOINT_RELEASE = "RELEASE SAVEPOINT holdfast_joined";

  public static final String SETTINGS_READ =
      """
      SELECT current_setting('transaction_isolation'),
          coalesce(current_setting('holdfast.tenant_id', true), ''),
          current_setting('lock_timeout'),
          current_setting('statement_timeout'),
          current_setting('plan_cache_mode'),
          current_setting('enable_seqscan')""";

  /// As for a transaction of the engine's own, see [Transactions#TRANSACTION_BEGIN], but for what
  /// is the caller's: how long it may stand idle, and how long it may last.
  public static final String SETTINGS_CHANGE =
      """
      SELECT set_config('holdfast.tenant_id', ?, true),
          set_config('lock_timeout', ?, true),
          set_config('statement_timeout', ?, true),
          set_config('plan_cache_mode', 'force_generic_plan', true),
          set_config('enable_seqscan', 'off', true)""";

  public static final String SETTINGS_RESTORE =
      """
      SELECT set_config('holdfast.tenant_id', ?, true),
          set_config('lock_timeout', ?, true),
          set_config('statement_timeout', ?, true),
          set_config('plan_cache_mode', ?, true),
          set_config('enable_seqscan', ?, true)""";

  /// Sets the savepoint, and asks. Comes first in `trip`.
  public static void enter(RoundTrip trip) {
    trip.addSetting(SAVEPOINT_SET);
    ask(trip);
  }

  public static void ask(RoundTrip trip) {
    trip.add(SETTINGS_READ);
  }

  public static CallersSession read(RoundTrip trip) throws SQLException {
    try (ResultSet rows = trip.rows()) {
      rows.next();
      return new CallersSession(
          rows.getString(1),
          rows.getString(2),
          rows.getString(3),
          rows.getString(4),
          rows.getString(5),
          rows.getString(6));
    }
  }

  /// Whether each statement sees what was committed before it. PostgreSQL has no lower level.
  public boolean isReadCommitted() {
    return isolation.equals("read committed") || isolation.equals("read uncommitted");
  }

  /// Has a row of no interest.
  public static void change(RoundTrip trip, TenantId tenant, Duration lock, Duration statement) {
    trip.add(
        SETTINGS_CHANGE,
        Long.toString(tenant.value()),
        lock.toMillis() + "ms",
        statement.toMillis() + "ms");
  }

  /// Leaves what was written, and the session as it was.
  public void leave(RoundTrip trip) {
    trip.addSetting(
        SETTINGS_RESTORE, tenantId, lockTimeout, statementTimeout, planCacheMode, seqScan);
    trip.addSetting(SAVEPOINT_RELEASE);
  }

  /// Leaves nothing since the savepoint was set, and it.
  public static void goBack(RoundTrip trip) {
    trip.addSetting(SAVEPOINT_GO_BACK);
  }

  public static void release(RoundTrip trip) {
    trip.addSetting(SAVEPOINT_RELEASE);
  }
}
