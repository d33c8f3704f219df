package io.holdfast.server.event;

/// What can be told of. Names are for ever: others compare them.
public enum EventType {
  ORDER_PLACED("order.placed"),
  ORDER_PAID("order.paid"),
  ORDER_FULFILLED("order.fulfilled"),
  ORDER_CANCELLED("order.cancelled"),
  ORDER_RETURNED("order.returned"),
  ORDER_EXPIRED("order.expired"),
  RESERVATION_RESERVED("reservation.reserved"),
  RESERVATION_CHANGED("reservation.changed"),
  RESERVATION_EXTENDED("reservation.extended"),
  RESERVATION_COMMITTED("reservation.committed"),
  RESERVATION_RELEASED("reservation.released"),
  RESERVATION_EXPIRED("reservation.expired"),
  RESERVATION_PURCHASED("reservation.purchased"),
  RESERVATION_RETURNED("reservation.returned"),
  STOCK_CHANGED("stock.changed");

  private final String code;

  EventType(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
