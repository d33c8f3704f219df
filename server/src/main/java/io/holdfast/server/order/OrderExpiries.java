package io.holdfast.server.order;

import io.holdfast.server.event.Event;
import io.holdfast.server.event.Outbox;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal.RefusedByParticipant;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Tells of orders that were not paid in time, when their reservations expire. Nothing is written
/// to them: that they have expired is seen by the clock.
public final class OrderExpiries implements Participant<OrderExpiries.Due> {

  /// Goes with each expiry.
  enum Due implements Attachment {
    DUE
  }

  public static Attachment attachment() {
    return Due.DUE;
  }

  @Override
  public String name() {
    return OrderRefusal.BY;
  }

  @Override
  public Class<Due> attachmentType() {
    return Due.class;
  }

  @Override
  public Place place() {
    return Place.LAST;
  }

  @Override
  public Turn<Due> begin(Connection transaction, TenantId tenant, List<Due> due) {
    return new ExpiryTurn(tenant);
  }

  private static final class ExpiryTurn implements Turn<Due> {
    private final TenantId tenant;
    private final Map<ReservationId, Instant> expired = new LinkedHashMap<>();

    private ExpiryTurn(TenantId tenant) {
      this.tenant = tenant;
    }

    @Override
    public Optional<RefusedByParticipant> objection(Due due, Outcome.Effect effect) {
      return Optional.empty();
    }

    @Override
    public void accept(Due due, Outcome.Effect effect) {
      if (effect instanceof Outcome.Expired it) {
        expired.put(it.reservation(), it.at());
      }
    }

    /// Of an order with a held reservation nobody does anything without that: the engine has it.
    @Override
    public void write(Connection transaction) throws SQLException {
      if (expired.isEmpty()) {
        return;
      }
      List<Event> events = new ArrayList<>();
      for (Orders.Found found : Orders.read(transaction, tenant, List.copyOf(expired.keySet()))) {
        Instant at = Objects.requireNonNull(expired.get(found.order().id()));
        events.add(OrderEvents.expired(found, at));
      }
      Outbox.add(transaction, tenant, events);
    }
  }
}
