package io.holdfast.stock.store;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The statements that every transaction starts from, and those that tell what became of one.
public final class Transactions {
  /// Everything here ends with the transaction, so a pooled connection takes nothing along.
  ///
  /// The two settings of the planner keep the plans of the hot path right on a database that was
  /// never analysed: every statement of the engine reaches its rows by a whole key, so a sequential
  /// scan is never right, and a plan made once is as good as one made anew each time.
  ///
  /// Only since version 17 does the database end a transaction for its length.
  public static final String TRANSACTION_BEGIN =
      """
      SELECT pg_current_xact_id()::text,
          set_config('holdfast.tenant_id', ?, true),
          set_config('lock_timeout', ?, true),
          set_config('statement_timeout', ?, true),
          set_config('idle_in_transaction_session_timeout', ?, true),
          CASE WHEN current_setting('transaction_timeout', true) IS NOT NULL
              THEN set_config('transaction_timeout', ?, true) END,
          set_config('plan_cache_mode', 'force_generic_plan', true),
          set_config('enable_seqscan', 'off', true)""";

  public static final String REPEATABLE_READ_SET =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";

  public static final String SERIALIZABLE_SET = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";

  /// For a transaction that only reads; it takes no id.
  public static final String READ_BEGIN =
      """
      SELECT set_config('holdfast.tenant_id', ?, true),
          set_config('statement_timeout', ?, true)""";

  /// For a look across tenants, and for what is left of a transaction's time.
  public static final String STATEMENT_TIMEOUT_SET =
      "SELECT set_config('statement_timeout', ?, true)";

  public static final String TENANT_SET = "SELECT set_config('holdfast.tenant_id', ?, true)";

  /// The time that decides is read after the last lock, so it is never older than a change it
  /// follows.
  public static final String CLOCK_READ =
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

  /// A standby may not have heard of the transaction yet.
  public static final String STATUS_READ =
      """
      SELECT CASE WHEN pg_is_in_recovery() THEN 'in progress' ELSE pg_xact_status(?::xid8) END""";

  /// The database ends a transaction, and its session, this much later than its node would: that is
  /// for one which nobody else ends.
  private static final Duration LATER = Duration.ofSeconds(1);

  private Transactions() {}

  /// The first statements of a transaction that keeps others out in this way.
  public static void begin(
      RoundTrip trip, TenantId tenant, TransactionLimits limits, Locking locking) {
    switch (locking.isolation()) {
      case READ_COMMITTED -> {}
      case REPEATABLE_READ -> trip.addSetting(REPEATABLE_READ_SET);
      case SERIALIZABLE -> trip.addSetting(SERIALIZABLE_SET);
    }
    begin(trip, tenant, limits);
  }

  public static void begin(RoundTrip trip, TenantId tenant, TransactionLimits limits) {
    trip.add(
        TRANSACTION_BEGIN,
        Long.toString(tenant.value()),
        millis(limits.lock()),
        millis(limits.statement()),
        millis(limits.idle()),
        millis(limits.transaction().plus(LATER)));
  }

  public static void beginRead(RoundTrip trip, TenantId tenant, Duration statementTimeout) {
    trip.addSetting(READ_BEGIN, Long.toString(tenant.value()), millis(statementTimeout));
  }

  /// Limits the statements that follow. Comes first in `trip`.
  public static void limit(RoundTrip trip, Duration statementTimeout) {
    trip.addSetting(STATEMENT_TIMEOUT_SET, millis(statementTimeout));
  }

  private static String millis(Duration limit) {
    return limit.toMillis() + "ms";
  }

  /// The id of the transaction that [#begin] began.
  public static String id(RoundTrip trip) throws SQLException {
    try (ResultSet rows = trip.rows()) {
      rows.next();
      return rows.getString(1);
    }
  }

  public static Instant clock(RoundTrip trip) throws SQLException {
    try (ResultSet rows = trip.rows()) {
      rows.next();
      return instant(rows.getLong(1));
    }
  }

  public static void setTenant(Connection transaction, TenantId tenant) throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(TENANT_SET, Long.toString(tenant.value()));
      trip.send();
    }
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /// Of a column that may be null.
  public static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : instant(micros);
  }

  public static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
