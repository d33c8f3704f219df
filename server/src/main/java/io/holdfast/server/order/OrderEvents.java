package io.holdfast.server.order;

import io.holdfast.server.event.Event;
import io.holdfast.server.event.EventType;
import java.time.Instant;

/// What others are told of an order.
final class OrderEvents {
  private OrderEvents() {}

  private record Data(OrderBodies.Told order) {}

  static Event placed(Order order) {
    return of(EventType.ORDER_PLACED, order, order.terms().placedAt());
  }

  /// As the step has left it.
  static Event stepped(OrderStep step, Order order) {
    EventType type =
        switch (step) {
          case PAY -> EventType.ORDER_PAID;
          case FULFIL -> EventType.ORDER_FULFILLED;
          case CANCEL -> EventType.ORDER_CANCELLED;
          case RETURN -> EventType.ORDER_RETURNED;
        };
    return of(type, order, order.changedAt());
  }

  static Event expired(Orders.Found found, Instant at) {
    return event(EventType.ORDER_EXPIRED, found.order(), OrderBodies.Told.of(found), at);
  }

  private static Event of(EventType type, Order order, Instant at) {
    return event(type, order, OrderBodies.Told.of(order), at);
  }

  private static Event event(EventType type, Order order, OrderBodies.Told told, Instant at) {
    return new Event(type, "orders/" + order.id(), at, new Data(told));
  }
}
