package io.holdfast.server.order;

import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import org.jspecify.annotations.Nullable;

/// What the trail tells of an order: its terms once, and with each step what that has changed.
final class OrderTrail {
  private OrderTrail() {}

  /// @param before null: it was placed
  static Change of(@Nullable Order before, Order after) {
    Subject subject = Subject.order(after.id().toString());
    return before == null
        ? new Change(subject, null, placed(after))
        : new Change(subject, state(before, after), state(after, before));
  }

  private static State placed(Order order) {
    Order.Terms terms = order.terms();
    State state =
        step(order)
            .and("total", terms.total())
            .and("currency", terms.currency())
            .and("reference", terms.reference())
            .and("expires_at", terms.expiresAt());
    for (OrderLine line : order.lines()) {
      state.and(place(line, "quantity"), line.quantity());
      state.and(place(line, "unit_price"), line.unitPrice());
    }
    return state;
  }

  /// Of the lines only what is another at the other version.
  private static State state(Order order, Order other) {
    State state = step(order).and("reason", order.reason());
    Payment payment = order.payment();
    if (payment != null && other.payment() == null) {
      state.and("payment_method", payment.method().code());
      state.and("payment_reference", payment.reference());
    }
    for (int i = 0; i < order.lines().size(); i++) {
      OrderLine line = order.lines().get(i);
      OrderLine otherLine = other.lines().get(i);
      note(state, place(line, "fulfilled"), line.fulfilled(), otherLine.fulfilled());
      note(state, place(line, "cancelled"), line.cancelled(), otherLine.cancelled());
      note(state, place(line, "returned"), line.returned(), otherLine.returned());
    }
    return state;
  }

  private static void note(State state, String name, long units, long others) {
    if (units != others) {
      state.and(name, units);
    }
  }

  private static String place(OrderLine line, String member) {
    return "lines[" + line.sku() + "]." + member;
  }

  private static State step(Order order) {
    return State.of("number", order.terms().number())
        .and("state", order.state().code())
        .and("version", order.version());
  }
}
