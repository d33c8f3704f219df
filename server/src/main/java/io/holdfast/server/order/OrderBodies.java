package io.holdfast.server.order;

import io.holdfast.server.catalog.Price;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Bodies of answers about orders.
final class OrderBodies {
  private OrderBodies() {}

  /// @param open units that are still to be handed over, if it is paid
  @Schema(name = "OrderLine")
  record Line(
      String sku,
      String name,
      long quantity,
      Price unitPrice,
      OrderTotal total,
      long open,
      long fulfilled,
      long cancelled,
      long returned) {

    private static Line of(OrderLine line, String currency) {
      return new Line(
          line.sku().value(),
          line.name(),
          line.quantity(),
          new Price(line.unitPrice(), currency),
          new OrderTotal(line.total(), currency),
          line.open(),
          line.fulfilled(),
          line.cancelled(),
          line.returned());
    }
  }

  @Schema(name = "OrderPayment")
  record Paid(
      @Schema(enumeration = {"manual", "stripe"}) String method,
      @Schema(nullable = true) @Nullable String reference,
      Instant paidAt) {

    private static @Nullable Paid of(@Nullable Payment payment) {
      return payment == null
          ? null
          : new Paid(payment.method().code(), payment.reference(), payment.at());
    }
  }

  /// @param id that of its reservation, too
  /// @param state what has become of it
  /// @param steps what may be done with it now
  /// @param version counts its steps, from 1
  /// @param reference the buyer's own
  /// @param reason why it was cancelled or came back, as was said last
  @Schema(name = "Order")
  record Told(
      String id,
      String number,
      @Schema(
              enumeration = {
                "placed",
                "paid",
                "partly_fulfilled",
                "fulfilled",
                "returned",
                "cancelled",
                "expired"
              })
          String state,
      List<String> steps,
      long version,
      @Schema(nullable = true) @Nullable String customer,
      @Schema(nullable = true) @Nullable String reference,
      List<Line> lines,
      OrderTotal total,
      @Schema(nullable = true) @Nullable Paid payment,
      @Schema(nullable = true) @Nullable String reason,
      String placedBy,
      Instant placedAt,
      Instant expiresAt,
      Instant changedAt) {

    /// As a step has just left it.
    static Told of(Order order) {
      return of(order, order.state(), order.state().steps());
    }

    static Told of(Orders.Found found) {
      return of(found.order(), found.state(), found.steps());
    }

    private static Told of(Order order, OrderState state, List<OrderStep> steps) {
      Order.Terms terms = order.terms();
      return new Told(
          order.id().toString(),
          terms.number(),
          state.code(),
          steps.stream().map(OrderStep::code).toList(),
          order.version(),
          terms.customer() == null ? null : terms.customer().reference(),
          terms.reference(),
          order.lines().stream().map(line -> Line.of(line, terms.currency())).toList(),
          new OrderTotal(terms.total(), terms.currency()),
          Paid.of(order.payment()),
          order.reason(),
          terms.placedBy(),
          terms.placedAt(),
          terms.expiresAt(),
          order.changedAt());
    }
  }

  /// @param next what `after` asks for the page behind this one; null: this is the last
  @Schema(name = "OrderPage")
  record Page(List<Told> orders, @Schema(nullable = true) @Nullable String next) {

    /// @param found one more than are shown, if there are more
    static Page of(List<Orders.Found> found, int most) {
      List<Told> shown = found.stream().limit(most).map(Told::of).toList();
      return new Page(shown, found.size() > most ? shown.getLast().id() : null);
    }
  }
}
