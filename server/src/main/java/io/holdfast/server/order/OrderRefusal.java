package io.holdfast.server.order;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.stock.Refusal.RefusedByParticipant;

/// A no of the orders within the engine's transaction, by the code of the problem that it becomes.
final class OrderRefusal {
  /// Who says no.
  static final String BY = "orders";

  private OrderRefusal() {}

  static RefusedByParticipant of(ProblemCode code, String detail) {
    return new RefusedByParticipant(BY, code.code(), detail);
  }
}
