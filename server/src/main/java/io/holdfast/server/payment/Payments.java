package io.holdfast.server.payment;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `payments`.
final class Payments {
  /// The last one is the database's clock.
  private static final String COLUMNS =
      """
      payment_id, order_id, payment_method, amount, currency, state, intent, client_secret, fault,
      begun_by, begun_at, changed_at, confirmed_at, attempts, clock_timestamp()
      """;

  static final String PAYMENT_ADD =
      """
      INSERT INTO holdfast.payments (tenant_id, payment_id, order_id, provider, payment_method,
          amount, currency, begun_by, lease, leased_until)
      VALUES (?, ?, ?, 'stripe', ?, ?, ?, ?, ?,
          clock_timestamp() + make_interval(secs => ?::bigint))
      ON CONFLICT DO NOTHING
      """;

  static final String PAYMENT_FIND =
      "SELECT " + COLUMNS + " FROM holdfast.payments WHERE tenant_id = ? AND payment_id = ?";

  static final String PAYMENTS_OF_ORDER =
      "SELECT "
          + COLUMNS
          + """
      FROM holdfast.payments WHERE tenant_id = ? AND order_id = ?
      ORDER BY begun_at, payment_id
      """;

  static final String PAYMENTS_DUE =
      """
      SELECT tenant_id, payment_id FROM holdfast.payments_due(?)
      """;

  static final String UNSETTLED_SECONDS =
      """
      SELECT holdfast.payments_unsettled_seconds()
      """;

  /// What is woken from here on is looked at again.
  static final String LEASE_TAKE =
      """
      UPDATE holdfast.payments
      SET lease = ?, leased_until = clock_timestamp() + make_interval(secs => ?::bigint),
          next_attempt_at = NULL
      WHERE tenant_id = ? AND payment_id = ?
          AND (lease = ? OR leased_until IS NULL OR leased_until < clock_timestamp())
      RETURNING payment_id, order_id, payment_method, amount, currency, state, intent,
          client_secret, fault, begun_by, begun_at, changed_at, confirmed_at, attempts,
          clock_timestamp()
      """;

  static final String LEASE_END =
      """
      UPDATE holdfast.payments
      SET lease = NULL, leased_until = NULL, attempts = attempts + 1,
          next_attempt_at = least(next_attempt_at,
              clock_timestamp() + ?::bigint * interval '1 millisecond')
      WHERE tenant_id = ? AND payment_id = ? AND lease = ?
      """;

  static final String PAYMENT_CHANGE =
      """
      UPDATE holdfast.payments
      SET state = ?, intent = coalesce(?, intent), client_secret = ?, fault = coalesce(?, fault),
          changed_at = clock_timestamp(), attempts = 0
      WHERE tenant_id = ? AND payment_id = ? AND lease = ?
      """;

  static final String WAKE_NAMED =
      """
      UPDATE holdfast.payments SET next_attempt_at = clock_timestamp()
      WHERE tenant_id = ? AND (intent = ? OR payment_id = ?)
          AND state NOT IN ('cancelled', 'declined', 'failed')
      """;

  /// Longer than any one thing that is waited for, and short enough that what a node had begun that
  /// was killed is not late.
  static final int LEASE_SECONDS = 40;

  private Payments() {}

  /// @return false: the order has a living payment already
  static boolean add(Handle handle, StoredPayment.Id id, NewPayment wanted, UUID lease) {
    return handle.execute(
            PAYMENT_ADD,
            id.tenant().value(),
            id.payment(),
            wanted.order().value(),
            wanted.method(),
            wanted.amount(),
            wanted.currency(),
            wanted.begunBy(),
            lease,
            LEASE_SECONDS)
        == 1;
  }

  /// What a payment is to be begun for.
  record NewPayment(
      ReservationId order, String method, long amount, String currency, String begunBy) {}

  static Optional<StoredPayment> find(Handle handle, StoredPayment.Id id) {
    return handle
        .createQuery(PAYMENT_FIND)
        .bind(0, id.tenant().value())
        .bind(1, id.payment())
        .map((row, _) -> payment(row, id.tenant()))
        .findOne();
  }

  static List<StoredPayment> ofOrder(Handle handle, TenantId tenant, ReservationId order) {
    return handle
        .createQuery(PAYMENTS_OF_ORDER)
        .bind(0, tenant.value())
        .bind(1, order.value())
        .map((row, _) -> payment(row, tenant))
        .list();
  }

  /// It looks across tenants.
  static List<StoredPayment.Id> due(Handle handle, int atMost) {
    return handle
        .createQuery(PAYMENTS_DUE)
        .bind(0, atMost)
        .map(
            (row, _) ->
                new StoredPayment.Id(new TenantId(row.getLong(1)), row.getObject(2, UUID.class)))
        .list();
  }

  /// How long the oldest waits for an answer. It looks across tenants.
  static double unsettledSeconds(Handle handle) {
    return handle.createQuery(UNSETTLED_SECONDS).mapTo(Double.class).one();
  }

  /// Takes the lease, or keeps it for longer. Locks the row until the transaction ends. Empty if
  /// somebody else has it.
  static Optional<StoredPayment> take(Handle handle, StoredPayment.Id id, UUID lease) {
    return handle
        .createQuery(LEASE_TAKE)
        .bind(0, lease)
        .bind(1, LEASE_SECONDS)
        .bind(2, id.tenant().value())
        .bind(3, id.payment())
        .bind(4, lease)
        .map((row, _) -> payment(row, id.tenant()))
        .findOne();
  }

  /// @param pauseMillis after which it is gone on with; null: when it is woken
  static void end(Handle handle, StoredPayment.Id id, UUID lease, @Nullable Long pauseMillis) {
    handle.execute(LEASE_END, pauseMillis, id.tenant().value(), id.payment(), lease);
  }

  /// How a payment goes on.
  ///
  /// @param intent null: as it was
  /// @param clientSecret null: none is needed any more
  /// @param fault null: as it was
  record NextState(
      PaymentState state,
      @Nullable String intent,
      @Nullable String clientSecret,
      @Nullable String fault) {}

  /// @return false: the lease is somebody else's by now
  static boolean change(Handle handle, StoredPayment.Id id, UUID lease, NextState next) {
    return handle.execute(
            PAYMENT_CHANGE,
            next.state().code(),
            next.intent(),
            next.clientSecret(),
            next.fault(),
            id.tenant().value(),
            id.payment(),
            lease)
        == 1;
  }

  /// Has looked at again what an event is about.
  static int wake(Handle handle, TenantId tenant, @Nullable String intent, @Nullable UUID payment) {
    return handle.execute(WAKE_NAMED, tenant.value(), intent, payment);
  }

  private static StoredPayment payment(ResultSet row, TenantId tenant) throws SQLException {
    return new StoredPayment(
        new StoredPayment.Id(tenant, row.getObject(1, UUID.class)),
        new ReservationId(row.getObject(2, UUID.class)),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        PaymentState.ofCode(row.getString(6)),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getObject(11, OffsetDateTime.class).toInstant(),
        row.getObject(12, OffsetDateTime.class).toInstant(),
        instant(row.getObject(13, OffsetDateTime.class)),
        row.getInt(14),
        row.getObject(15, OffsetDateTime.class).toInstant());
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
