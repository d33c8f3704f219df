package io.holdfast.server.payment;

import io.holdfast.stock.Attachment;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal.RefusedByParticipant;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Writes that a payment may be captured, in the transaction that makes the stock the buyer's:
/// neither is there without the other. Whoever has lost the lease meanwhile makes neither.
///
/// **Locks.** Payments, after orders, in the order of their ids.
public final class ConfirmedPayments implements Participant<ConfirmedPayments.Confirming> {
  static final String AUTHORIZED_LOCK =
      """
      SELECT lease FROM holdfast.payments
      WHERE tenant_id = ? AND lease = ANY (?) AND state = 'authorized'
      ORDER BY payment_id FOR UPDATE
      """;

  static final String PAYMENTS_CONFIRM =
      """
      UPDATE holdfast.payments
      SET state = 'confirmed', confirmed_at = clock_timestamp(), changed_at = clock_timestamp(),
          attempts = 0
      WHERE tenant_id = ? AND lease = ANY (?) AND state = 'authorized'
      """;

  private static final String BY = "payments";

  /// @param lease of the payment that the order is paid by
  record Confirming(UUID lease) implements Attachment {}

  @Override
  public String name() {
    return BY;
  }

  @Override
  public Class<Confirming> attachmentType() {
    return Confirming.class;
  }

  @Override
  public Place place() {
    return Place.LAST;
  }

  @Override
  public Turn<Confirming> begin(Connection transaction, TenantId tenant, List<Confirming> asked)
      throws SQLException {
    Set<UUID> held = new HashSet<>();
    try (PreparedStatement lock = transaction.prepareStatement(AUTHORIZED_LOCK)) {
      lock.setLong(1, tenant.value());
      UUID[] leases = asked.stream().map(Confirming::lease).toArray(UUID[]::new);
      lock.setArray(2, transaction.createArrayOf("uuid", leases));
      try (ResultSet rows = lock.executeQuery()) {
        while (rows.next()) {
          held.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return new ConfirmingTurn(tenant, held);
  }

  private static final class ConfirmingTurn implements Turn<Confirming> {
    private final TenantId tenant;
    private final Set<UUID> held;
    private final List<UUID> confirmed = new ArrayList<>();

    private ConfirmingTurn(TenantId tenant, Set<UUID> held) {
      this.tenant = tenant;
      this.held = held;
    }

    @Override
    public Optional<RefusedByParticipant> objection(Confirming asked, Outcome.Effect effect) {
      return held.contains(asked.lease())
          ? Optional.empty()
          : Optional.of(
              new RefusedByParticipant(
                  BY, "version_conflict", "the payment is somebody else's to go on with"));
    }

    @Override
    public void accept(Confirming asked, Outcome.Effect effect) {
      confirmed.add(asked.lease());
    }

    @Override
    public void write(Connection transaction) throws SQLException {
      if (confirmed.isEmpty()) {
        return;
      }
      try (PreparedStatement update = transaction.prepareStatement(PAYMENTS_CONFIRM)) {
        update.setLong(1, tenant.value());
        update.setArray(2, transaction.createArrayOf("uuid", confirmed.toArray()));
        update.executeUpdate();
      }
    }
  }
}
