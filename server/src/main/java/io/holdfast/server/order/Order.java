package io.holdfast.server.order;

import io.holdfast.stock.Customer;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An order at one version. Each step makes the next one of it; whether the step is allowed has
/// been looked at before.
///
/// @param id that of the reservation that holds its stock, or held it
/// @param state as it is stored, which is never [OrderState#EXPIRED]
/// @param version counts its steps, from 1
/// @param reason why it was cancelled or came back, as somebody said last
record Order(
    ReservationId id,
    Terms terms,
    OrderState state,
    long version,
    Instant changedAt,
    @Nullable Payment payment,
    @Nullable String reason,
    List<OrderLine> lines) {

  /// What was agreed on with the buyer, which stays.
  ///
  /// @param number by which people call it
  /// @param customer as whom stock is reserved; null: nobody named
  /// @param reference the buyer's own
  /// @param total in minor units of the currency
  /// @param expiresAt until when it can be paid
  record Terms(
      String number,
      @Nullable Customer customer,
      @Nullable String reference,
      String currency,
      long total,
      String placedBy,
      Instant placedAt,
      Instant expiresAt) {}

  Order {
    lines = List.copyOf(lines);
  }

  static Order placed(ReservationId id, Terms terms, List<OrderLine> lines) {
    return new Order(id, terms, OrderState.PLACED, 1, terms.placedAt(), null, null, lines);
  }

  /// The order as it was when it was placed.
  Order asPlaced() {
    List<OrderLine> untouched =
        lines.stream()
            .map(
                line ->
                    OrderLine.placed(line.sku(), line.name(), line.unitPrice(), line.quantity()))
            .toList();
    return placed(id, terms, untouched);
  }

  /// The state at an instant: nobody has to write down that time is up.
  OrderState stateAt(Instant now) {
    boolean isLate = state == OrderState.PLACED && !now.isBefore(terms.expiresAt());
    return isLate ? OrderState.EXPIRED : state;
  }

  Order paid(Payment by) {
    return next(OrderState.PAID, by.at(), by, reason, lines);
  }

  /// @param units of which items, no more than are open
  Order fulfilled(Map<Sku, Long> units, Instant at) {
    return counted(at, reason, line -> line.fulfil(units.getOrDefault(line.sku(), 0L)));
  }

  /// All that is open won't be handed over.
  Order cancelled(@Nullable String why, Instant at) {
    return counted(at, why, OrderLine::cancelOpen);
  }

  /// @param units of which items, no more than are with the buyer
  Order takenBack(Map<Sku, Long> units, @Nullable String why, Instant at) {
    return counted(at, why, line -> line.takeBack(units.getOrDefault(line.sku(), 0L)));
  }

  private Order counted(Instant at, @Nullable String why, UnaryOperator<OrderLine> counting) {
    List<OrderLine> counted = lines.stream().map(counting).toList();
    return next(stateBy(counted), at, payment, why, counted);
  }

  private static OrderState stateBy(List<OrderLine> lines) {
    boolean isAnyOpen = lines.stream().anyMatch(line -> line.open() > 0);
    boolean isAnyFulfilled = lines.stream().anyMatch(line -> line.fulfilled() > 0);
    boolean isAnyWithBuyer = lines.stream().anyMatch(line -> line.withBuyer() > 0);
    if (isAnyOpen) {
      return isAnyFulfilled ? OrderState.PARTLY_FULFILLED : OrderState.PAID;
    }
    if (!isAnyFulfilled) {
      return OrderState.CANCELLED;
    }
    return isAnyWithBuyer ? OrderState.FULFILLED : OrderState.RETURNED;
  }

  private Order next(
      OrderState newState,
      Instant at,
      @Nullable Payment newPayment,
      @Nullable String newReason,
      List<OrderLine> newLines) {
    Instant changed = at.isBefore(changedAt) ? changedAt : at;
    return new Order(id, terms, newState, version + 1, changed, newPayment, newReason, newLines);
  }
}
