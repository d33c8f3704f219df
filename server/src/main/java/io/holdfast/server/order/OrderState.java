package io.holdfast.server.order;

import static io.holdfast.server.order.OrderStep.CANCEL;
import static io.holdfast.server.order.OrderStep.FULFIL;
import static io.holdfast.server.order.OrderStep.PAY;
import static io.holdfast.server.order.OrderStep.RETURN;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What has become of an order, and the one place that says what may be done with it then. Where
/// each step leads is said by [Order].
enum OrderState {
  /// Its stock is reserved.
  PLACED(PAY, CANCEL),
  /// Its stock is the buyer's, and still there.
  PAID(FULFIL, CANCEL),
  /// A part has been handed over.
  PARTLY_FULFILLED(FULFIL, CANCEL, RETURN),
  /// All has been handed over that was not cancelled.
  FULFILLED(RETURN),
  /// All that was handed over has come back.
  RETURNED,
  /// Nothing was handed over, and nothing will be.
  CANCELLED,
  /// It was not paid in time. It may still be paid where the tenant's policy reserves again what
  /// has expired, if the stock is still there.
  EXPIRED(PAY);

  // Written once, above.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<OrderStep> steps;

  OrderState(OrderStep... steps) {
    this.steps = List.of(steps);
  }

  /// What may be done.
  List<OrderStep> steps() {
    return steps;
  }

  boolean allows(OrderStep step) {
    return steps.contains(step);
  }

  /// Whether its row is one of those that wait for something.
  boolean isUnderWay() {
    return switch (this) {
      case PLACED, EXPIRED, PAID, PARTLY_FULFILLED -> true;
      case FULFILLED, RETURNED, CANCELLED -> false;
    };
  }

  /// As it stands in rows and is told.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static OrderState ofCode(String code) {
    return find(code).orElseThrow();
  }

  static Optional<OrderState> find(String code) {
    return Arrays.stream(values()).filter(state -> state.code().equals(code)).findFirst();
  }
}
