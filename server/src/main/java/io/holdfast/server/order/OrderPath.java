package io.holdfast.server.order;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.stock.ReservationPath;
import io.holdfast.stock.ReservationId;

/// The id of an order in an address. What is no UUID is the id of no order.
final class OrderPath {
  private OrderPath() {}

  static ReservationId id(String text) {
    try {
      return ReservationPath.parsed(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.UNKNOWN_ORDER, "no order can have such an id", "id");
    }
  }

  static ProblemException unknown(ReservationId id) {
    return new ProblemException(ProblemCode.UNKNOWN_ORDER, "no order has the id " + id, "id");
  }
}
