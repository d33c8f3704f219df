package io.holdfast.server.payment;

import io.holdfast.server.order.OrderChange;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal.RefusedByParticipant;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Has an order's payments looked at again when the order was paid otherwise, cancelled, or came
/// back. It is in the transaction of that, so that nothing is kept that has to go back.
///
/// **Locks.** Payments, after orders.
public final class WokenPayments implements Participant<OrderChange> {
  static final String PAYMENTS_WAKE =
      """
      UPDATE holdfast.payments SET next_attempt_at = clock_timestamp()
      WHERE tenant_id = ? AND payment_id IN (
          SELECT payment_id FROM holdfast.payments
          WHERE tenant_id = ? AND order_id = ANY (?)
              AND state NOT IN ('cancelled', 'declined', 'failed')
          ORDER BY payment_id FOR UPDATE)
      """;

  @Override
  public String name() {
    return "payments";
  }

  @Override
  public Class<OrderChange> attachmentType() {
    return OrderChange.class;
  }

  @Override
  public Place place() {
    return Place.LAST;
  }

  @Override
  public Turn<OrderChange> begin(
      Connection transaction, TenantId tenant, List<OrderChange> changes) {
    return new WakingTurn(tenant, new ArrayList<>());
  }

  private record WakingTurn(TenantId tenant, List<UUID> changed) implements Turn<OrderChange> {
    @Override
    public Optional<RefusedByParticipant> objection(OrderChange change, Outcome.Effect effect) {
      return Optional.empty();
    }

    @Override
    public void accept(OrderChange change, Outcome.Effect effect) {
      changed.add(change.order().value());
    }

    @Override
    public void write(Connection transaction) throws SQLException {
      if (changed.isEmpty()) {
        return;
      }
      try (PreparedStatement update = transaction.prepareStatement(PAYMENTS_WAKE)) {
        update.setLong(1, tenant.value());
        update.setLong(2, tenant.value());
        update.setArray(3, transaction.createArrayOf("uuid", changed.toArray()));
        update.executeUpdate();
      }
    }
  }
}
