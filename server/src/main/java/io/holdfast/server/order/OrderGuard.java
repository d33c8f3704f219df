package io.holdfast.server.order;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.stock.PlainChange;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal.RefusedByParticipant;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lets nobody change an order's reservation but with the order: the routes of reservations refuse
/// it. It needs no lock, since the engine has the reservation's, and an order begins with it.
public final class OrderGuard implements Participant<PlainChange> {
  @Override
  public String name() {
    return OrderRefusal.BY;
  }

  @Override
  public Class<PlainChange> attachmentType() {
    return PlainChange.class;
  }

  @Override
  public Place place() {
    return Place.LAST;
  }

  @Override
  public Turn<PlainChange> begin(Connection transaction, TenantId tenant, List<PlainChange> changes)
      throws SQLException {
    List<ReservationId> asked =
        changes.stream().flatMap(change -> change.reservations().stream()).toList();
    return new GuardTurn(Set.copyOf(Orders.named(transaction, tenant, asked)));
  }

  /// @param guarded the reservations that are orders'
  private record GuardTurn(Set<ReservationId> guarded) implements Turn<PlainChange> {
    @Override
    public Optional<RefusedByParticipant> objection(PlainChange change, Outcome.Effect effect) {
      return change.reservations().stream()
          .filter(guarded::contains)
          .findFirst()
          .map(
              id ->
                  OrderRefusal.of(
                      ProblemCode.RESERVATION_OF_ORDER,
                      "what is done with reservation " + id + " is done by /v1/orders/" + id));
    }

    @Override
    public void accept(PlainChange change, Outcome.Effect effect) {}

    @Override
    public void write(Connection transaction) {}
  }
}
