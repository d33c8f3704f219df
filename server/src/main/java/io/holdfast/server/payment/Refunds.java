package io.holdfast.server.payment;

import io.holdfast.stock.TenantId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `payment_refunds`.
final class Refunds {
  static final String REFUND_ADD =
      """
      INSERT INTO holdfast.payment_refunds (tenant_id, refund_id, payment_id, amount)
      VALUES (?, ?, ?, ?)
      """;

  static final String REFUNDS_OF_PAYMENT =
      """
      SELECT refund_id, amount, state, reference, fault FROM holdfast.payment_refunds
      WHERE tenant_id = ? AND payment_id = ? ORDER BY begun_at, refund_id
      """;

  static final String REFUND_END =
      """
      UPDATE holdfast.payment_refunds
      SET state = ?, reference = ?, fault = ?, ended_at = clock_timestamp()
      WHERE tenant_id = ? AND refund_id = ? AND state = 'begun'
      """;

  private Refunds() {}

  /// @param state `begun`, `made` or `failed`
  /// @param reference as the provider calls it
  record Refund(
      UUID id, long amount, String state, @Nullable String reference, @Nullable String fault) {
    boolean isBegun() {
      return state.equals("begun");
    }
  }

  static void add(Handle handle, StoredPayment.Id payment, long amount) {
    handle.execute(
        REFUND_ADD, payment.tenant().value(), UUID.randomUUID(), payment.payment(), amount);
  }

  static List<Refund> of(Handle handle, StoredPayment.Id payment) {
    return handle
        .createQuery(REFUNDS_OF_PAYMENT)
        .bind(0, payment.tenant().value())
        .bind(1, payment.payment())
        .map(
            (row, _) ->
                new Refund(
                    row.getObject(1, UUID.class),
                    row.getLong(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5)))
        .list();
  }

  static void made(Handle handle, TenantId tenant, UUID refund, String reference) {
    handle.execute(REFUND_END, "made", reference, null, tenant.value(), refund);
  }

  static void failed(Handle handle, TenantId tenant, UUID refund, String fault) {
    handle.execute(REFUND_END, "failed", null, fault, tenant.value(), refund);
  }
}
