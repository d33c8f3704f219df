package io.holdfast.server.payment;

import io.holdfast.server.identity.TenantSnapshot;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Lists where a tenant's payments and orders tell two stories: an order has what it was paid by,
/// what may be taken for an order is by what it was paid, each payment is of what the order costs,
/// and no more goes back than was taken.
public final class PaymentVerifier {
  static final String PAYMENTS_WRONG =
      """
      SELECT 'payment.amount', p.payment_id::text, o.total || ' ' || o.currency,
          p.amount || ' ' || p.currency
      FROM holdfast.payments p
      JOIN holdfast.orders o USING (tenant_id, order_id)
      WHERE p.tenant_id = ? AND (p.amount <> o.total OR p.currency <> o.currency)
      UNION ALL
      SELECT 'payment.order', p.payment_id::text, 'an order that is paid by ' || p.intent,
          coalesce(o.payment_method, 'none') || ' ' || coalesce(o.payment_reference, 'none')
      FROM holdfast.payments p
      JOIN holdfast.orders o USING (tenant_id, order_id)
      WHERE p.tenant_id = ? AND p.confirmed_at IS NOT NULL
          AND (o.payment_method, o.payment_reference) IS DISTINCT FROM (p.provider, p.intent)
      UNION ALL
      SELECT 'order.payment', o.order_id::text, 'a payment by ' || o.payment_reference, 'none'
      FROM holdfast.orders o
      WHERE o.tenant_id = ? AND o.payment_method = 'stripe'
          AND NOT EXISTS (
              SELECT FROM holdfast.payments p
              WHERE p.tenant_id = o.tenant_id AND p.order_id = o.order_id
                  AND p.intent = o.payment_reference AND p.confirmed_at IS NOT NULL)
      UNION ALL
      SELECT 'payment.refunds', p.payment_id::text,
          'at most ' || CASE p.state WHEN 'captured' THEN p.amount ELSE 0 END, r.amount::text
      FROM holdfast.payments p
      CROSS JOIN LATERAL (
          SELECT sum(amount) AS amount FROM holdfast.payment_refunds
          WHERE tenant_id = p.tenant_id AND payment_id = p.payment_id AND state <> 'failed') r
      WHERE p.tenant_id = ?
          AND r.amount > CASE p.state WHEN 'captured' THEN p.amount ELSE 0 END
      ORDER BY 1, 2
      """;

  private PaymentVerifier() {}

  /// All of it in one snapshot.
  public static List<Difference> differences(Handle handle, TenantId tenant) throws SQLException {
    return TenantSnapshot.differences(handle, tenant, PAYMENTS_WRONG);
  }
}
